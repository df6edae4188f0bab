// English words of the cover of a survey's report, and of signing over rows that have not passed.
// The sentence that stops a signature comes from the runtime.

export const surveyCover = {
  surveyCover: {
    title: 'Cover of the report',
    empty: 'No report number, firm or address yet',
    edit: 'Edit cover',
    save: 'Save cover',
    saving: 'Saving…',
    number: 'Report number',
    company: 'Measured by the firm',
    address: 'Address of the site',
    representative: 'For the car park',
    logo: 'Logo of the firm',
    logoPick: 'Choose picture',
    logoOff: 'Take logo off',
    logoWhat: 'PNG or JPEG; kept as a PNG of at most 1200 pixels and 256 KB',
    refused: {
      notPicture: 'no PNG or JPEG picture',
      tooLarge: 'the picture is too large',
      cannotOpen: 'the picture does not open',
    },
    override: 'Sign nevertheless…',
    overrideWhat:
      'Tick each row, write why and who answers for it; it is recorded and printed beside the signature',
    reason: 'Reason',
    who: 'Answers for it',
    overrideNeed:
      'Rows have not passed: tick each and write why and who answers for it, or measure first',
    signedDespite: 'Signed although {rows}; because: {reason}; answers for it: {who}',
  },
}
