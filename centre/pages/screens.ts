// The screens of the pages of the centre.
// Written from the folders by test/tidy/folder-tables.test.ts.
import alarms from './alarms/Page.vue'
import inbox from './inbox/Page.vue'
import lot from './lot/Page.vue'
import lots from './lots/Page.vue'
import today from './today/Page.vue'
import wall from './wall/Page.vue'

export const screens = { inbox, lot, lots, today, wall }
