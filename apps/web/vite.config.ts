import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, process.cwd(), '');
  return {
    plugins: [react()],
    server: {
      port: Number(env.WEB_PORT ?? 5173),
      // The API answers on the same origin in production; in development Vite stands in front of it.
      proxy: { '/api': { target: env.API_URL ?? 'http://localhost:3000', changeOrigin: false } },
    },
    build: { outDir: 'dist', chunkSizeWarningLimit: 700 },
  };
});
