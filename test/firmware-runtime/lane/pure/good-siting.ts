// Measures as clauses 7.1, 7.2 and 8.1.1 require them, written from their text: an exit with a booth, a gantry over a
// narrow lane, and a street. Tests change single ones of them.
import type { SitingMeasures } from '#base/pure/lot/siting-measures.ts'
import type { StreetSpace } from '#base/pure/lot/streets.ts'

export const goodSiting: SitingMeasures = {
  antennaMm: 1500,
  antennaHeightMm: 2600,
  antennaDownDeg: 35,
  antennaYawDeg: 40,
  triggerMm: 4000,
  triggerLengthMm: 1000,
  zoneNearMm: 2500,
  zoneFarMm: 6000,
  strongestMm: 4100,
  laneWidthMm: 3000,
  islandWidthMm: 1400,
  islandLengthMm: 5000,
  islandHeightMm: 200,
  boothGapMm: 200,
  boothWidthMm: 1000,
  boothNearMm: 500,
  boothLengthMm: 2000,
  cameraMm: 0,
  cameraAsideMm: 100,
}

export const goodGantry: SitingMeasures = {
  gantryFrame: true,
  antennaHeightMm: 5600,
  antennaDownDeg: 45,
  gantryPower: true,
  laneWidthMm: 2900,
  laneAntennas: 1,
}

const spaces: readonly StreetSpace[] = ['A01', 'A02', 'A03'].map((id, n) => ({
  id,
  sensor: `mag/${n}`,
  pile: `tcp://192.168.1.${n + 50}:9000`,
}))
/** For every open layout; the rules of each ask for some of it. */
export const goodStreet = {
  stand: 'parallel' as const,
  spaces,
  siting: {
    measures: {
      gantryEnds: 2,
      gantryKey: true,
      cameraAbove: true,
      cameraHeightMm: 6000,
      cameraHelp: true,
      cameraTour: true,
      cameraBehind: true,
      pileAtFront: true,
      pileKeysOnline: true,
      sensorFlush: true,
      handheldPhotos: true,
      patrolVideo: true,
    } satisfies SitingMeasures,
  },
}
export const goodBeside = { spaces: 900, readers: 3 }
