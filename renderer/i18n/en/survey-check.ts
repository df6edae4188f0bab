// English words of the guided check of a survey (rows 1 to 4), its photos and the name plate.
// Texts of the questions come from the runtime.
import type { surveyCheck as zh } from '../zh/survey-check.ts'

export const surveyCheck: typeof zh = {
  surveyCheck: {
    drop: 'or drop it here; JPEG or PNG, made smaller than 4 MB',
    pick: 'Add photo…',
    where: 'Place',
    answeredAt: 'Answered {time}',
    geometry: 'Height and angles of the antenna',
    geometryLook:
      'Height above the road by tape; downward angle, and yaw towards the lane, by inclinometer.',
    heightMm: 'Height',
    downDeg: 'Down',
    yawDeg: 'Yaw',
    reason: 'Reason',
    numberNeed: '{what}: type a number',
    nameplate: 'Name plate of the antenna',
    nameplateLook:
      'Word for word as on the plate; leave out what it does not say. With a profile chosen, both are compared.',
    plate: {
      model: 'Model',
      serialNo: 'Serial no.',
      approvalNo: 'Approval no.',
      hardwareVersion: 'Hardware',
    },
    profile: 'Profile',
    noProfile: 'Compare with none',
    modelNeed: 'The model is needed',
    compared: { approval: 'Approval number', hardware: 'Hardware version' },
    found: { match: 'as in the profile', differs: 'other than in the profile', unknown: 'unknown' },
    gap: {
      noProfile: 'compared with no profile',
      libraryNamesNone: 'the library names none',
      plateSilent: 'the plate does not say',
      otherType: 'not compared: another number',
    },
    mark: { ok: 'done', bad: 'not in order', warn: 'photo or reason missing', off: 'open' },
    keys: 'Keys: 1 yes, 2 no, 3 does not apply, P photo, ↑ ↓ between questions (PageUp, PageDown while typing)',
    repaired:
      'Made from a damaged file. Records lost: {lost}; not proven and taken back: {suspect}; photos lost: {pictures}',
    none: 'none',
  },
}
