/** Vendors that `swing options record` can ask. */
export const RECORD_PROVIDERS = ['massive'] as const;

export interface RecordFlags {
  readonly provider?: (typeof RECORD_PROVIDERS)[number];
  readonly from?: string;
  readonly underlyings?: string;
  readonly session?: string;
  readonly force?: boolean;
  readonly keepEarlyStamps?: boolean;
  readonly json?: boolean;
}
