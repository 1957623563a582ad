import { XNYS } from '../../core/calendar.js';
import { toEpochDay, type IsoDate } from '../../core/dates.js';
import { Panel } from '../../table/panel.js';
import type { AuditedLab } from './audited-lab.js';

/** Who was a member of the configured universe when, as a panel: `member` is 1 where a name was one, [name, session]. */
export async function auditedMembers(lab: AuditedLab, until: IsoDate): Promise<Panel> {
  const entry = await lab.store.entry('bars');
  const [first, stored] = [entry!.firstDate as IsoDate, entry!.lastDate as IsoDate];
  const sessions = XNYS.sessions(first, stored < until ? stored : until);
  const universe = await lab.universe();
  const symbols = universe.membersDuring(sessions[0], sessions[sessions.length - 1]);
  const row = new Map(symbols.map((symbol, at) => [symbol, at]));
  const member = new Float64Array(symbols.length * sessions.length).fill(Number.NaN);
  sessions.forEach((session, t) => {
    for (const symbol of universe.membersAt(session)) member[row.get(symbol)! * sessions.length + t] = 1;
  });
  return new Panel({ symbols, sessions: Int32Array.from(sessions, toEpochDay), columns: { member } });
}
