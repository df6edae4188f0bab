// Measures of an exit with a booth as clauses 7.1 and 8.1.1 require it, written from their text.
// Tests change single ones of them.
import type { SitingMeasures } from '../../../../firmware-runtime/core/lot/siting-measures.ts'

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
