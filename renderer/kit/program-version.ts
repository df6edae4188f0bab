// Which Studio this window is; without a version where it runs unbuilt.
declare const ETC_LANE_VERSION: string | undefined

const version = typeof ETC_LANE_VERSION === 'undefined' ? '' : ETC_LANE_VERSION
export const programText = `ETC Lane Studio ${version}`
