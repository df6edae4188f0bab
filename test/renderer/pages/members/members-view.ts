// The members of a scripted lot: a pass with two cars, one of which uses the space, an expired one, a white list
// without end, and emergency vehicles by the last character of their plates.
import type { MembersView } from '#money/calls/member-views.ts'

const plain = { spaces: 1, areas: null, from: '2026-11-01', until: '2026-12-31' } as const
const enteredAtIso = '2026-11-20T08:02:11+08:00'

export const membersView = (): MembersView => ({
  digest: '0'.repeat(64),
  areas: ['B1', 'B2'],
  todayIso: '2026-11-20',
  rows: [
    {
      member: {
        no: 'M-1',
        kind: 'period',
        name: '张三',
        plates: ['测A12345', '测B12345'],
        ...plain,
      },
      state: 'valid',
      daysLeft: 42,
      inside: [
        { plate: '测A12345', stayId: 'n1-S1', enteredAtIso, isCovered: true },
        { plate: '测B12345', stayId: 'n1-S2', enteredAtIso, isCovered: false },
      ],
    },
    {
      member: {
        no: 'M-2',
        kind: 'period',
        name: '李四',
        plates: ['测C12345'],
        ...plain,
        areas: ['B1'],
        until: '2026-11-19',
      },
      state: 'expired',
      daysLeft: 0,
      inside: [],
    },
    {
      member: {
        no: 'W-1',
        kind: 'white',
        name: '物业',
        plates: ['测D12345'],
        ...plain,
        spaces: null,
        until: null,
      },
      state: 'valid',
      daysLeft: null,
      inside: [],
    },
    {
      member: {
        no: 'E-1',
        kind: 'emergency',
        name: '警车',
        plates: ['*警'],
        ...plain,
        spaces: null,
        until: null,
      },
      state: 'valid',
      daysLeft: null,
      inside: [],
    },
  ],
})
