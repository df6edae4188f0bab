// Studio's window on the desktop of this computer, between window and main process. Types and names only.

export interface DesktopClient {
  /** Whether Studio opens when this user signs in. */
  atLogin(): Promise<boolean>
  /** Answers what is so afterwards. */
  setAtLogin(open: boolean): Promise<boolean>
  /** Leaves an icon in the tray; the lanes go on. */
  hide(): Promise<void>
}

export const atLoginChannel = 'desktop/at-login'
export const setAtLoginChannel = 'desktop/set-at-login'
export const hideChannel = 'desktop/hide'
