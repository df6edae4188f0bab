// Words of a plate that was corrected, or that a person picks, in English.
// The parts of a score have their words in core/values/match-words.ts.
export const match = {
  match: {
    pick: 'Perhaps one of {count} cars inside: pick by photo…',
    which: 'Which of the cars inside it may be (by the photo of its entry)',
    score: 'fits by {score}',
    same: 'The plate is as it was read',
    was: 'Read as {plate}, corrected by how well it fits: {score} (at least {scoreMin})',
    second: ', the next {second} (a lead of {marginMin} is needed)',
  },
}
