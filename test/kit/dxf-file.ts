// Drawings of streets in text DXF, as a CAD program writes them: R12 without handles, and R2000 with LWPOLYLINE, MTEXT
// and blocks with an attribute. All names are invented.

export type Pair = readonly [code: number, value: string | number]
export interface DrawnSpace {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly layer?: string
}

const written = (pairs: readonly Pair[]): string =>
  pairs.map(([code, value]) => `${String(code).padStart(3)}\r\n${value}\r\n`).join('')
const section = (name: string, pairs: readonly Pair[]): readonly Pair[] => [
  [0, 'SECTION'],
  [2, name],
  ...pairs,
  [0, 'ENDSEC'],
]
/** A drawing of these entities, with the blocks that they insert. */
export const dxfWith = (blocks: readonly Pair[], entities: readonly Pair[]): string =>
  written([...section('BLOCKS', blocks), ...section('ENTITIES', entities), [0, 'EOF']])

const drawing = (version: string, entities: readonly Pair[]): string =>
  written([
    [999, 'invented'],
    ...section('HEADER', [
      [9, '$ACADVER'],
      [1, version],
    ]),
    ...section('ENTITIES', entities),
    [0, 'EOF'],
  ])

const [length, width] = [6, 2.5]
export const usualLayer = '民族大道泊位'
const cornersOf = ({ x, y }: DrawnSpace) =>
  [
    [x - length / 2, y - width / 2],
    [x + length / 2, y - width / 2],
    [x + length / 2, y + width / 2],
    [x - length / 2, y + width / 2],
  ] as const

function r12Space(space: DrawnSpace): readonly Pair[] {
  const layer = space.layer ?? usualLayer
  const vertices = cornersOf(space).flatMap(([x, y]): Pair[] => [
    [0, 'VERTEX'],
    [8, layer],
    [10, x],
    [20, y],
  ])
  return [
    [0, 'POLYLINE'],
    [8, layer],
    [66, 1],
    [70, 1],
    ...vertices,
    [0, 'SEQEND'],
    [0, 'TEXT'],
    [8, layer],
    [10, space.x - 1],
    [20, space.y],
    [40, 1],
    [1, space.id],
  ]
}
function r2000Space(space: DrawnSpace, n: number): readonly Pair[] {
  const layer = space.layer ?? usualLayer
  const handle = (n * 2 + 256).toString(16).toUpperCase()
  const textHandle = (n * 2 + 257).toString(16).toUpperCase()
  return [
    [0, 'LWPOLYLINE'],
    [5, handle],
    [100, 'AcDbEntity'],
    [8, layer],
    [100, 'AcDbPolyline'],
    [90, 4],
    [70, 1],
    ...cornersOf(space).flatMap(([x, y]): Pair[] => [
      [10, x],
      [20, y],
    ]),
    [0, 'MTEXT'],
    [5, textHandle],
    [100, 'AcDbEntity'],
    [8, layer],
    [100, 'AcDbMText'],
    [10, space.x],
    [20, space.y],
    [40, 1],
    [1, `{\\fSimSun|b0|i0|c134|p2;\\A1;${space.id}}`],
  ]
}
/** A block of a space, with its number as attribute. */
export function blockSpace(space: DrawnSpace, n: number): readonly Pair[] {
  const layer = space.layer ?? usualLayer
  return [
    [0, 'INSERT'],
    [5, `B${n}`],
    [8, layer],
    [66, 1],
    [2, 'SPACE-6'],
    [10, space.x],
    [20, space.y],
    [0, 'ATTRIB'],
    [5, `C${n}`],
    [8, '0'],
    [10, space.x],
    [20, space.y],
    [40, 1],
    [1, space.id],
    [2, 'NO'],
    [0, 'SEQEND'],
    [8, layer],
  ]
}
/** A closed line without a number, such as the kerb around the street. */
export const outline = (layer: string): readonly Pair[] => [
  [0, 'LWPOLYLINE'],
  [5, '90'],
  [8, layer],
  [70, 1],
  ...[
    [-1000, -1000],
    [1000, -1000],
    [1000, 1000],
    [-1000, 1000],
  ].flatMap(([x = 0, y = 0]): Pair[] => [
    [10, x],
    [20, y],
  ]),
]
export const loneText = (text: string, x: number, layer = usualLayer): readonly Pair[] => [
  [0, 'TEXT'],
  [5, 'F1'],
  [8, layer],
  [10, x],
  [20, 0],
  [40, 1],
  [1, text],
]

export const dxfOf = (...entities: readonly (readonly Pair[])[]): string =>
  drawing('AC1015', entities.flat())
export const r12Drawing = (spaces: readonly DrawnSpace[]): string =>
  drawing('AC1009', spaces.flatMap(r12Space))
export const r2000Drawing = (spaces: readonly DrawnSpace[]): string =>
  drawing('AC1015', spaces.flatMap(r2000Space))

/** Spaces along a kerb at an angle, from A01 on. */
export const alongKerb = (count: number, degrees: number): readonly DrawnSpace[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `A${String(i + 1).padStart(2, '0')}`,
    x: Math.cos((degrees * Math.PI) / 180) * i * length,
    y: Math.sin((degrees * Math.PI) / 180) * i * length,
  }))
