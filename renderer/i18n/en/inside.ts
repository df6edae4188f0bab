// English words of the page of the cars inside.
// Refusals come from the runtime with their own words.

export const inside = {
  inside: {
    title: 'Cars inside',
    count: '{count} cars',
    none: 'No car is inside',
    noneWhy:
      'A car has a line here from its entry until it leaves. On the day you change over, export the cars inside from the other system and import them here.',
    search: 'Find a plate',
    noneFits: 'No car fits',
    there: 'Is there',
    isThere: '{plate} is there',
    entered: 'Entered',
    photo: 'Photo',
    recount: 'Recount',
    recountWhy:
      'Walk the lot and take the mark from cars that are not there. Their stays end together, without money, with who and why.',
    recountStop: 'No recount',
    recountDo: '{count} are not there: close',
    recountTitle: 'Recount: {count} not there',
    bar: { carInLane: 'In a lane', chargeUnsettled: 'Its charge has no result yet' },
    import: 'Import a table',
    importWhy:
      'Columns: plate, colour, entered, lane. Cars inside stay as they are, also those not in the table.',
    added: '{count} to be added',
    same: '{count} inside already, unchanged',
    missing:
      '{count} others inside are not in the table and stay; use a recount for those that are gone',
    write: 'Write {count}',
  },
}
