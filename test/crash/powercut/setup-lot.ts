// A lot that is set up from a whole draft, as Studio and `lot init --from` do it: used by the process whose disk is
// recorded, and by the judge, who goes on with what a cut has left.
import { peopleOffline } from '../../../firmware-runtime/runtime/folder/people-offline.ts'
import { setupPorts } from '../../../firmware-runtime/runtime/setup/setup-ports.ts'
import { SetupService } from '../../../firmware-runtime/app/setup/setup-service.ts'
import { wholeDraft } from '../../firmware-runtime/app/setup/setup-kit.ts'

export const setUp = (dir: string): SetupService =>
  new SetupService(setupPorts(dir, peopleOffline(dir, 'setup'), () => undefined))

const { version: _, ...parts } = wholeDraft

/** Keeps the draft and makes the lot of it. */
export function makeLot(dir: string): void {
  const service = setUp(dir)
  service.save(parts)
  service.begin(service.preview().digest, { by: '店主', reason: '开通' })
}
