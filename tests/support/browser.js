import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { chromium } from 'playwright-core'
import { extract } from 'tar-fs'

const { resolve } = createRequire(import.meta.url)
const PACKED = join(resolve('@sparticuz/chromium'), '../../bin')
const FOLDER = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url))

/**
 * Starts a headless Chromium, which comes with the packages of this folder together with the
 * libraries and fonts that a bare machine lacks.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchChromium() {
  // Chromium refuses to start as root in its sandbox.
  return chromium.launch({ ...(await chromiumFiles()), chromiumSandbox: process.getuid() !== 0 })
}

/** The path of that Chromium, and the options to start it. */
export async function chromiumFiles() {
  await access(FOLDER).catch(unpack)
  return {
    executablePath: join(FOLDER, 'chromium'),
    args: ['--disable-gpu', '--disable-quic'],
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(FOLDER, 'fonts.conf'),
      LD_LIBRARY_PATH: join(FOLDER, 'libraries/lib'),
    },
  }
}

/** Several processes may do this at the same time: the first to finish renames its folder. */
async function unpack() {
  await mkdir(join(FOLDER, '..'), { recursive: true })
  const fresh = await mkdtemp(`${FOLDER}-`)
  await Promise.all([
    decompress('chromium.br', createWriteStream(join(fresh, 'chromium'), { mode: 0o755 })),
    decompress('al2023.tar.br', extract(join(fresh, 'libraries'))),
    decompress('fonts.tar.br', extract(join(fresh, 'fonts'))),
    writeFile(join(fresh, 'fonts.conf'), fontsConf()),
  ])
  try {
    await rename(fresh, FOLDER)
  } catch {
    await access(FOLDER)
    await rm(fresh, { recursive: true })
  }
}

function decompress(name, target) {
  return pipeline(createReadStream(join(PACKED, name)), createBrotliDecompress(), target)
}

function fontsConf() {
  return `<fontconfig>
  <dir>${join(FOLDER, 'fonts')}</dir>
  <cachedir>${join(FOLDER, 'fonts-cache')}</cachedir>
</fontconfig>
`
}
