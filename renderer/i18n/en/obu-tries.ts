// English words of the transactions of OBUs at named places (row 5).
// What they amount to comes from the runtime.

export const obuTries = {
  obuTries: {
    title: 'OBU tries',
    none: 'No needed area was declared',
    noneWhy:
      'This survey was begun without a needed area and a trigger, so the places for the OBUs are not known. Begin a new one.',
    why: 'At least {obus} OBUs, {tries} tries each at the corners of the needed area, the trigger and 8 places around the box. They decide row 5 where it is marginal; a field that fails stays a fail.',
    obu: 'OBU',
    tries: 'Tries',
    good: 'Good ones',
    record: 'Record',
    recording: 'Recording…',
    undo: 'Take back the last',
    places:
      'Choose the place, then enter OBU and counts; arrow keys change the place, Enter records',
    place: 'Place',
    part: 'Part',
    tried: 'Tried (good / tries)',
    open: 'not tried',
    partOf: { inside: 'needed area', ring: 'around the box', other: 'other' },
    other: 'Another place',
    x: 'across (m)',
    y: 'along (m)',
    wrong: {
      obu: 'Enter the OBU',
      place: 'Enter the place, as 1.60 and 2.25',
      tries: 'Tries are a whole number, 1 to 1000',
      good: 'Good ones are a whole number, at most the tries',
    },
  },
}
