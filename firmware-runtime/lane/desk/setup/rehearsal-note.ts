// Why a lot is a rehearsal, when its addresses decide: addresses of this machine, where only simulators are expected. A
// device forwarded by a program on this machine counts as one: it needs its own address.
import { addressesOf } from './lot-parts.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { hostOf, isLoopback } from '#base/pure/lot/simulated.ts'

interface Note {
  readonly field: string
  readonly text: BilingualText
}

/** Empty for a lot that takes real money. */
export function rehearsalNotes(config: LotConfig): readonly Note[] {
  if (config.mode !== 'demo') return []
  const here = addressesOf(config).filter((url) => isLoopback(hostOf(url) ?? ''))
  if (here.length === 0) return []
  const all = [...new Set(here)]
  return [
    {
      field: '/mode',
      text: t(
        `本机地址后面只有模拟设备,所以这是演练,不收真实的钱:${all.join('、')}。真实设备请填它自己的地址`,
        `Behind addresses of this computer there are only simulated devices, so this is a rehearsal that takes no real money: ${all.join(', ')}. For a real device, enter its own address`,
      ),
    },
  ]
}
