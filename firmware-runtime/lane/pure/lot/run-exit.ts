// The exit status of `run`: whether a restart may cure what ended it (service-ends.ts says what follows).
import type { FaultCode, LaneFault } from '#base/pure/faults/faults.ts'

/** Exit status of `run` after a fault that no restart cures (EX_CONFIG of sysexits.h). */
export const permanentExit = 78

/** A restart checks the ledger (LEDGER-06), and waits for the disk or network folder (LEDGER-12). */
const cured: readonly FaultCode[] = ['LEDGER-06', 'LEDGER-12']

/** Whether the fault comes again at every start until a person has acted. */
const isPermanent = ({ code, detail }: LaneFault): boolean =>
  code === 'COPY-15' ||
  (/^(?:(?:LOT|LEDGER|SEAL)-|FILE-0[12]$)/.test(code) &&
    !cured.includes(code) &&
    detail.mayPass !== true)

/** Exit status of `run` that ends by this fault; `otherwise` where a restart may cure it. */
export const exitOfRun = (fault: LaneFault | null, otherwise: number): number =>
  fault !== null && isPermanent(fault) ? permanentExit : otherwise
