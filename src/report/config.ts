import { z } from 'zod';

/** The HTML report. */
export const reportConfig = z
  .strictObject({
    chartSessions: z.int().min(20).max(756).default(126).describe('sessions shown in each price chart (sessions)'),
  })
  .prefault({});

export type ReportConfig = z.infer<typeof reportConfig>;
