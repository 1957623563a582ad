"""46 sessions of the chains of 125 names from the Parquet files to volume, open interest, gamma exposure, walls and max pain, in one SQL statement, by DuckDB."""
import glob

import duckdb

SQL = """
with contract as (
  select c.date, c.underlying, c.strike::double as strike, c.cp, c.volume, c.open_interest as open, u.underlying_close_raw as spot, (c.expiration - c.date) / 365.0 as years, c.iv::double as iv
  from read_parquet([{chains}]) c join read_parquet('{underlyings}') u using (date, underlying)
), valued as (
  select *, case when years > 0 and open > 0 and iv between 0.01 and 3
    then (case cp when 'C' then 1 else -1 end) * exp(-power((ln(spot / strike) + 0.04 * years) / (iv * sqrt(years)) + iv * sqrt(years) / 2, 2) / 2) / (2.5066282746310002 * spot * iv * sqrt(years)) * open * spot * spot
    else 0 end as gamma
  from contract
), by_strike as (
  select date, underlying, strike,
    coalesce(sum(volume) filter (cp = 'C'), 0)::double as cv, coalesce(sum(volume) filter (cp = 'P'), 0)::double as pv,
    coalesce(sum(open) filter (cp = 'C'), 0)::double as co, coalesce(sum(open) filter (cp = 'P'), 0)::double as po,
    coalesce(sum(gamma) filter (cp = 'C'), 0) as gc, coalesce(sum(gamma) filter (cp = 'P'), 0) as gp
  from valued group by all
), pain as (
  select *, strike * sum(co) over w - sum(co * strike) over w + sum(po * strike) over v - sum(po * strike) over w - strike * (sum(po) over v - sum(po) over w) as pain
  from by_strike window w as (partition by date, underlying order by strike), v as (partition by date, underlying)
), line as (
  select date, underlying, sum(cv) cv, sum(pv) pv, sum(co) co, sum(po) po, sum(gc) gc, sum(gp) gp, arg_min(strike, (pain, strike)) mp, arg_max(strike, (gc, -strike)) cw, arg_min(strike, (gp, strike)) pw
  from pain group by all
)
select * from line order by date, underlying
"""


class Chains:
    def __init__(self, threads, data):
        self.connection = duckdb.connect()
        self.connection.execute(f"set threads={threads}")
        files = sorted(glob.glob(f"{data}/options/chains_*.parquet"))
        self.sql = SQL.format(chains=", ".join(f"'{file}'" for file in files), underlyings=f"{data}/options/underlying_day.parquet")
        self.version = f"duckdb {duckdb.__version__}"

    def run(self):
        return self.connection.execute(self.sql).fetchnumpy()

    def check(self, lines):
        total = lambda name: float(lines[name].sum())
        return {
            "chains": len(lines["mp"]),
            "callVolume": total("cv"), "putVolume": total("pv"), "callOpen": total("co"), "putOpen": total("po"), "callGamma": total("gc"), "putGamma": total("gp"),
            "maxPain": total("mp"), "callWall": float(lines["cw"][lines["gc"] > 0].sum()), "putWall": float(lines["pw"][lines["gp"] < 0].sum()),
        }


def prepare(threads, data):
    return Chains(threads, data)
