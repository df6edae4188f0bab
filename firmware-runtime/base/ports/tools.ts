// System programs that are queried: chronyc, timedatectl, w32tm, mmcli.
// Fixed arguments, limits on time and output; a missing program is a separate result.

export type ToolAnswer =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'absent' }
  /** It failed or timed out. */
  | { readonly kind: 'failed'; readonly note: string }

export interface Tools {
  run(
    program: 'chronyc' | 'timedatectl' | 'w32tm' | 'mmcli',
    args: readonly string[],
  ): Promise<ToolAnswer>
}
