import { z } from 'zod';

export const EmailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());

/** Length only bounds the work here; strength is judged by identity's password rule. */
export const PasswordSchema = z.string().min(1).max(200);
