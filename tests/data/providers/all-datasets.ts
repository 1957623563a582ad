import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DATASET_NAMES, type DatasetName } from '../../../src/data/datasets.js';
import { literal, withDuckDB } from '../../../src/data/store/duckdb.js';

/** A few rows of every dataset, as CSV in the schema's own names. */
export const CSV: Readonly<Record<DatasetName, string>> = {
  bars: `symbol,session,open,high,low,close,adjusted_close,volume
AA,2018-01-02,10,11,9,10.5,10.1,1000
AA,2018-01-03,10.5,11,10,,,
BRK-B,2018-01-02,200,201.25,199,200.5,200.5,300
CC,2018-01-04,1,1,1,1,1,0
`,
  actions: `symbol,ex_date,kind,value,available_at
AA,2018-01-03,dividend,0.25,2017-12-20
AA,2018-01-04,split,2,
CC,2018-01-05,split,0.1,
`,
  reference: `symbol,name,sector,sub_industry,as_of
AA,"Alpha, Inc.",Materials,,2018-01-02
BRK-B,Berkshire,,,
`,
  membership: `universe,symbol,start_date,end_date
sp500,AA,2010-01-04,2018-01-03
,CC,2018-01-03,
`,
  symbol_history: `listed_symbol,symbol,start_date,end_date
A,AA,2010-01-04,2016-11-01
B,CC,2011-01-03,
`,
  macro: `series_id,observation_date,value,available_at
VIX,2018-01-02,9.77,
VIX,2018-01-03,9.15,2018-01-04
DGS10,2018-01-02,2.46,
`,
  news: `id,symbol,first_seen_at,title,summary,source,url
n1,AA,2018-01-02 09:30:00,Up,,wire,
n2,AA,2018-01-03T23:30:00-05:00,"Down, ""far""",why,,
n3,CC,2018-01-03T12:00:00Z,Flat,,,https://example.org
`,
  fundamentals: `symbol,concept,period_end,fiscal_year,fiscal_quarter,months,filed_at,value,source
AA,revenue,2017-12-31,2017,4,12,2018-01-24 21:05:00,1000000,wire
AA,eps_diluted,2017-12-31,,,,2018-01-24 21:05:00,-0.25,
CC,revenue,,2018,1,3,2018-01-30,5,wire
`,
  earnings: `symbol,report_date,time_of_day,fiscal_label,eps_estimate,eps_actual,revenue_estimate,revenue_actual,first_seen_at,source
AA,2018-01-24,amc,Q4 2017,0.2,-0.25,,1000000,2018-01-25 02:00:00,wire
CC,2018-01-30,,,,1.5,,,,
`,
  filings: `symbol,form,item,filed_at
AA,8-K,2.02,2018-01-24 21:05:00
CC,10-Q,,2018-01-30
`,
  option_chains: `underlying,session,expiry,strike,right,bid,ask,last,volume,open_interest,implied_volatility,underlying_price,quoted_at
AA,2018-01-02,2018-01-19,10,call,0.5,0.6,0.55,10,100,0.3,10.1,2018-01-02 21:00:00
AA,2018-01-03,2018-01-19,10,P,0.4,0.5,,,,,,
CC,2018-01-03,2018-02-16,1,call,0,0.1,,0,0,,1.5,
`,
  option_underlyings: `underlying,session,close,is_stale,call_volume,put_volume,call_open_interest,put_open_interest
AA,2018-01-02,10.1,false,10,0,100,20
AA,2018-01-03,,true,,,,
CC,2018-01-03,1.5,,0,0,0,0
`,
};

/** A folder with every dataset, bars and news as Parquet, macro as compressed CSV, and its `source.json`; the caller removes it. */
export async function folderOfAll(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'swinglab-files-'));
  const datasets: Partial<Record<DatasetName, unknown>> = {};
  for (const dataset of DATASET_NAMES) {
    await writeFile(join(folder, `${dataset}.csv`), CSV[dataset]);
    const file = dataset === 'bars' || dataset === 'news' ? `${dataset}.parquet` : dataset === 'macro' ? 'macro.csv.gz' : `${dataset}.csv`;
    if (!file.endsWith('.csv')) {
      const format = file.endsWith('.gz') ? 'format csv, header, compression gzip' : 'format parquet';
      await withDuckDB((connection) => connection.run(`copy (from read_csv(${literal(join(folder, `${dataset}.csv`))}, all_varchar = true)) to ${literal(join(folder, file))} (${format})`));
    }
    datasets[dataset] = { file, source: `made for a test: ${dataset}`, licence: 'CC0-1.0', ...(dataset === 'bars' ? { priceBasis: 'split-adjusted' } : {}) };
  }
  await writeFile(join(folder, 'source.json'), JSON.stringify({ name: 'made', datasets }));
  return folder;
}
