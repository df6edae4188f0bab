// The faults of a feed with their notes, from what the follower and the pairing say.
import type { FeedTrouble } from '../../pure/centre/follower.ts'
import type { RefusedWhy } from '../../pure/centre/row-feed.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

const refusals: Readonly<Record<RefusedWhy, BilingualText>> = {
  unknown: t('没有登记过这张证书', 'the certificate is not known there'),
  revoked: t('证书已作废', 'the certificate is revoked'),
  expired: t('证书已到期', 'the certificate has ended'),
  lot: t('证书是另一个停车场的', 'the certificate is of another car park'),
  signature: t('签名对不上', 'the signature does not fit'),
}
const rowOf = (seq: number): BilingualText => t(`第 ${seq} 条`, `row ${seq}`)

export function faultOfTrouble(trouble: FeedTrouble): LaneFault {
  switch (trouble.is) {
    case 'refused':
      return new LaneFault('ROWS-04', { note: refusals[trouble.why] })
    case 'forked':
      return new LaneFault('ROWS-05', { note: rowOf(trouble.seq) })
    case 'ahead':
      return new LaneFault('ROWS-06', { note: rowOf(trouble.seq) })
    case 'aside':
      return new LaneFault('ROWS-07', { note: rowOf(trouble.seq) })
    case 'malformed':
      return new LaneFault('ROWS-08', { note: String(trouble.status) })
    case 'unread':
      return new LaneFault('ROWS-09', { note: trouble.why })
  }
}

const pairingEnds = {
  refused: t('有人拒绝了申请', 'a person refused it'),
  expired: t('申请过期了,没有人处理', 'it ended before anybody decided'),
} as const

export const faultOfPairing = (why: 'refused' | 'expired' | 'unfit'): LaneFault =>
  why === 'unfit' ? new LaneFault('ROWS-03') : new LaneFault('ROWS-02', { note: pairingEnds[why] })

export const silence = (why: string): LaneFault => new LaneFault('ROWS-01', { note: why })
