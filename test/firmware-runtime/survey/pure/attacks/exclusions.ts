// Files whose sentences exclude each other (7.22), each at the rows that rest on one of them.
import type { ItemId, PhotoBody } from '#survey/pure/file/record.ts'
import { attack, type Attack } from './attack.ts'
import { add, edit, type Change } from './change.ts'
import { opened, type Made } from './whole-survey.ts'

const isCross = ({ tag }: Made): boolean => tag === 'D6'

const photo: PhotoBody = {
  kind: 'photo',
  item: 'D2',
  part: 'antenna-place',
  remark: '',
  where: '',
  at: { xMm: 9_000, yMm: 0 },
  digest: 'ab'.repeat(32),
  mime: 'image/jpeg',
  widthPx: 10,
  heightPx: 10,
  bytes: 10,
}
const single = edit('opened', {
  zone: { ...opened.zone, neighbourAxesMm: [], noNeighbours: '只有这一条车道,两侧都是绿化带' },
})
const all = (rows: readonly ItemId[], what: string, change: Change): readonly Attack[] =>
  rows.map((row) => attack('7.22', row, what, change))

export const exclusionAttacks: readonly Attack[] = [
  ...all(['D2', 'D5'], 'the antenna is 9 m from its place in the photo', add(1.2, photo)),
  ...all(
    ['D4', 'D5', 'D6'],
    'the name plate is of another profile than the setup',
    edit('setup', { profile: 'other/antenna' }),
  ),
  ...['邻道中线', '2号车道', 'lane 2, 5 m', 'Adjacent lane'].flatMap((place) =>
    all(['D5', 'D6'], `no other lane, and OBUs at "${place}"`, (made) =>
      edit(isCross, (body) => {
        const { neighbours = [] } = body as { neighbours?: readonly object[] }
        return { neighbours: neighbours.map((one, i) => (i === 0 ? { ...one, place } : one)) }
      })(single(made)),
    ),
  ),
  ...all(['D5'], 'no other lane, and an OBU was read in it', (made) =>
    edit(isCross, { inNeighbour: 1 })(single(made)),
  ),
  ...all(
    ['D7', 'D8', 'D9', 'D10', 'D11', 'D12', 'D13'],
    'on a wire, and readings of a modem',
    edit('opened', { access: 'wire' }),
  ),
  attack('7.22', 'D7', 'on a wire, through the link of a modem', (made) =>
    edit('ping', { interfaceName: 'wwan0' })(edit('opened', { access: 'wire' })(made)),
  ),
  attack(
    '7.22',
    'D6',
    'its own OBU in the other lane',
    edit(isCross, (body) => {
      const { neighbours = [] } = body as { neighbours?: readonly { obuId: string }[] }
      return { own: [{ obuId: neighbours[0]?.obuId ?? '', reads: 1 }] }
    }),
  ),
  attack(
    '7.22',
    'D6',
    'its own OBU was read more often than there were rounds',
    edit(isCross, (body) => {
      const { own = [], rounds = 0 } = body as { own?: readonly object[]; rounds?: number }
      return { own: own.map((one) => ({ ...one, reads: rounds + 1 })) }
    }),
  ),
  attack(
    '7.22',
    'D13',
    'the figure is not that of the answer',
    edit('D13', { raw: 'rsrp: -118.0 dBm' }),
  ),
  attack(
    '7.22',
    'D13',
    'the figure is not that of the answer: s/n',
    edit('D13', { raw: "s/n: '-2.0' dB" }),
  ),
]
