// The menu: the start page, editing text, zoom and full screen, quit. Everything else is in the page.
// Reloading is left out: the page keeps its own state, and F5 is its refresh.
import { Menu, type MenuItemConstructorOptions } from 'electron'
import { texts } from './texts.ts'

export function setMenu(development: boolean, toStartPage: () => void): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
    { role: 'togglefullscreen', accelerator: 'F11' },
    ...(development ? ([{ role: 'toggleDevTools' }] as const) : []),
  ]
  const menu: MenuItemConstructorOptions[] = [
    {
      label: texts.appMenu,
      submenu: [
        { label: texts.startPage, id: 'start-page', click: toStartPage },
        { type: 'separator' },
        { role: 'quit', label: texts.quit },
      ],
    },
    {
      label: texts.editMenu,
      submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    { label: texts.viewMenu, submenu: view },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
}
