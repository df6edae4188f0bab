// Programs of the machine that are asked for what they know: chronyc, timedatectl, w32tm, mmcli.
// Fixed arguments, a limit on time and on what is read; a program that is not there is told apart.

export type ToolAnswer =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'absent' }
  /** It ended with a fault, or did not end. */
  | { readonly kind: 'failed'; readonly note: string }

export interface Tools {
  run(
    program: 'chronyc' | 'timedatectl' | 'w32tm' | 'mmcli',
    args: readonly string[],
  ): Promise<ToolAnswer>
}
