import { z } from 'zod';

/** Where runs are copied to, besides the local files. */
export const trackingConfig = z
  .strictObject({
    mlflow: z
      .strictObject({
        enabled: z.boolean().default(true).describe('false = nothing is copied to MLflow, whatever the environment says'),
        url: z
          .string()
          .regex(/^https?:\/\/[^\s@]+$/i, 'expected an address that begins with http:// or https:// and holds no login')
          .nullable()
          .default(null)
          .describe('MLflow server that runs and models are copied to; null = MLFLOW_TRACKING_URI of the environment, and none where that is not set'),
        experimentPrefix: z.string().max(200).default('swinglab/').describe('what stands before the names of experiments at the server'),
        modelPrefix: z
          .string()
          .max(100)
          .regex(/^[A-Za-z\d._ -]*$/, 'expected letters, digits, ".", "_", "-" and spaces')
          .default('swinglab-')
          .describe('what stands before the kind of a trained model in the registry of the server'),
        timeoutMs: z.int().min(100).max(600_000).default(10_000).describe('longest silence of the server within a request (milliseconds)'),
        patienceMs: z.int().min(0).max(600_000).default(5000).describe('longest wait for the server at the end of a command; what it has not taken by then is sent at the next contact (milliseconds)'),
      })
      .prefault({}),
  })
  .prefault({});

export type TrackingConfig = z.infer<typeof trackingConfig>;
