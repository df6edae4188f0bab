// Reads the table of spaces into streets, and writes streets as that table; the columns are in values/tables/spaces.ts.
// A street is its lines in their order; two lines of one street that say another arrangement are refused.
import { spacesTable } from '#base/pure/tables/spaces.ts'
import { readTable, tableCsv, type BadCell, type BesideTable } from '#base/pure/tables/table.ts'
import type { SpaceStand } from '#base/pure/lot/street-spaces.ts'
import type { Street, StreetSpace } from '#base/pure/lot/streets.ts'

interface ReadSpaces extends BesideTable {
  readonly streets: readonly Street[]
  readonly bad: readonly BadCell[]
}

interface Line {
  readonly street: string
  readonly space: StreetSpace
}

/** Where a column is absent or empty, cars stand head to tail, as along most kerbs. */
const usualStand: SpaceStand = 'parallel'
/** Accuracy in metres where a position has none: that of a usual receiver. Assumed. */
const usualAccuracyM = 10

export function readSpaces(text: string): ReadSpaces {
  const stands = new Map<string, SpaceStand>()
  const { rows, bad, ...beside } = readTable<typeof spacesTable.columns, Line>(
    spacesTable,
    text,
    (
      { street, space: id, stand, apart, sensor, witness, pile, lat, lon, accuracyM },
      { refuse },
    ) => {
      const known = stands.get(street) ?? stand ?? usualStand
      if (stand !== null && stand !== known)
        return [
          refuse(
            'stand',
            stand,
            '同一路段的泊位排列要一样,不一样的写成另一路段',
            'spaces of one street are arranged alike; name the others as another street',
          ),
        ]
      stands.set(street, known)
      if ((lat === null) !== (lon === null))
        return [refuse('lat', String(lat ?? ''), '纬度和经度要一起写', 'latitude needs longitude')]
      const position =
        lat !== null && lon !== null
          ? {
              position: {
                latMicrodeg: lat,
                lonMicrodeg: lon,
                accuracyM: accuracyM ?? usualAccuracyM,
              },
            }
          : {}
      const space = {
        id,
        ...(apart === 'yes' ? { isApart: true } : {}),
        ...(sensor !== null ? { sensor } : {}),
        ...(witness !== null ? { witness } : {}),
        ...(pile !== null ? { pile } : {}),
        ...position,
      }
      return { street, space }
    },
  )
  if (bad.length > 0) return { streets: [], bad, ...beside }
  const streets = [...stands].map(([name, stand]) => ({
    name,
    stand,
    spaces: rows.flatMap(({ street, space }) => (street === name ? [space] : [])),
  }))
  return { streets, bad, ...beside }
}

export const spacesCsv = (streets: readonly Street[]): string =>
  tableCsv(
    spacesTable.columns,
    streets.flatMap(({ name, stand, spaces }) =>
      spaces.map(({ id, isApart, sensor, witness, pile, position }) => ({
        street: name,
        space: id,
        stand,
        apart: isApart === true ? ('yes' as const) : ('no' as const),
        sensor: sensor ?? null,
        witness: witness ?? null,
        pile: pile ?? null,
        lat: position?.latMicrodeg ?? null,
        lon: position?.lonMicrodeg ?? null,
        accuracyM: position?.accuracyM ?? null,
      })),
    ),
  )
