# The API with the web application, and the local chain, as images for docker-compose.yml.
# Written with care but not yet run: the machines this was made on have no Docker daemon.

FROM node:24-bookworm-slim AS build
WORKDIR /app
# The dependencies first: they change less often than the sources, and their layer is kept.
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build

# What the API needs at run time, without compilers and test tools.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
RUN npm ci --omit=dev --omit=optional --workspace=apps/api --no-audit --no-fund

# The local chain: one process, everything in memory, rebuilt from the journal by the API when it starts.
FROM build AS chain
ENV HARDHAT_DISABLE_TELEMETRY=true
# Compiled here, so that the node starts at once and needs to write nothing.
RUN node node_modules/hardhat/dist/src/cli.js build && chown -R node:node artifacts cache
USER node
EXPOSE 8545
CMD ["node", "node_modules/hardhat/dist/src/cli.js", "node", "--hostname", "0.0.0.0", "--port", "8545"]

# Last, so that it is what `docker build .` makes.
FROM node:24-bookworm-slim AS api
ENV NODE_ENV=production \
    TZ=UTC \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data \
    WEB_DIST=/app/apps/web/dist
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/apps/api/dist apps/api/dist
COPY --from=build /app/apps/web/dist apps/web/dist
# Keys that were not given from outside are made here once: keep this volume.
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "apps/api/dist/main.js"]
