export * from './support/browser.js'
