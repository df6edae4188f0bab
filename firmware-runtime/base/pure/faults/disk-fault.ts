// Maps an error of the file system to a fault: a full disk is separate from all other errors, because it ends once there is
// room, whereas permissions have to be corrected by a person.
import { LaneFault, type FaultCode, type FaultDetail } from './faults.ts'

const noRoom: readonly string[] = ['ENOSPC', 'EDQUOT']
/** May end by itself: a disk that is not mounted yet or was slow, and too many open files. */
const passing: readonly string[] = [
  ...['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'EIO', 'ESTALE', 'ETIMEDOUT'],
  ...['EAGAIN', 'EBUSY', 'EINTR', 'EMFILE', 'ENFILE', 'ENOMEM'],
]

type DiskError = Error & { readonly code: string; readonly path?: string }

/** True for what the file system reported; a bug of ours, a socket or a program is not that. */
export function isDiskError(error: unknown): error is DiskError {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return false
  if (typeof error.code !== 'string' || typeof error.syscall !== 'string') return false
  if (noRoom.includes(error.code)) return true
  return 'path' in error && typeof error.path === 'string' && !error.syscall.startsWith('spawn')
}

/**
 * `whenFull` where there is no room, which is DATA-02 where the ledger lies, else `otherwise`; a fault stays the one
 * it is.
 */
export function diskFault(
  error: unknown,
  detail: FaultDetail,
  otherwise: FaultCode = 'DATA-01',
  whenFull: FaultCode = 'DATA-02',
): LaneFault {
  if (error instanceof LaneFault) return error
  const note = error instanceof Error ? error.message : String(error)
  const full = isDiskError(error) && noRoom.includes(error.code)
  const mayPass =
    isDiskError(error) && passing.includes(error.code) ? ({ mayPass: true } as const) : {}
  return new LaneFault(full ? whenFull : otherwise, { ...detail, note, ...mayPass })
}

interface DiskPlace {
  readonly file: string
  readonly otherwise?: FaultCode
  readonly whenFull?: FaultCode
}

/** What `work` on this file or folder returns; what it throws becomes the fault of `diskFault`. */
export function orDiskFault<T>({ file, otherwise, whenFull }: DiskPlace, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw diskFault(error, { file }, otherwise, whenFull)
  }
}
