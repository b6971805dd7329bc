// Quantities as the package siunitx writes them: `\SI{5}{\kilo\metre\per\second}`.

import { raised } from './letters.ts'

/** A name and its sign, by turns. */
function pairs(list: string): ReadonlyMap<string, string> {
  const words = list.trim().split(/\s+/)
  return new Map(words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1] ?? '']] : [])))
}

const PREFIXES = pairs(`
  femto f pico p nano n micro μ milli m centi c deci d kilo k mega M giga G tera T peta P kibi Ki mebi Mi gibi Gi`)

const UNITS = pairs(`
  metre m meter m gram g kilogram kg second s ampere A kelvin K mole mol candela cd hertz Hz newton N pascal Pa joule J
  watt W coulomb C volt V farad F ohm Ω siemens S weber Wb tesla T henry H lumen lm lux lx becquerel Bq gray Gy
  degreeCelsius °C celsius °C degree ° arcminute ′ arcsecond ″ radian rad steradian sr percent % litre L liter L
  minute min hour h day d year a bit bit byte B electronvolt eV bel B decibel dB bar bar hectare ha tonne t dalton Da
  fps fps px px nm nm um μm mm mm cm cm dm dm km km m m mg mg g g kg kg ns ns us μs ms ms s s Hz Hz kHz kHz MHz MHz
  GHz GHz THz THz mV mV V V kV kV mW mW W W kW kW MW MW J J kJ kJ eV eV keV keV MeV MeV GeV GeV TeV TeV N N Pa Pa kPa
  kPa MPa MPa A A mA mA K K mol mol dB dB`)

const POWERS = pairs('squared ² cubed ³')
const RAISING = pairs('square ² cubic ³')

/** A unit as siunitx has it, in signs; null where a part of it is none that is known. */
export function unitText(source: string): string | null {
  let text = ''
  let prefix = ''
  let power = ''
  let isPer = false
  for (const [token, name] of source.matchAll(/\\([a-zA-Z]+)\s*|[\s\S]/g)) {
    const unit = name === undefined ? undefined : UNITS.get(name)
    if (name === undefined) {
      if (!/[\w%°/·.~ ^()μΩ-]/.test(token)) return null
      text += /[.~ ]/.test(token) ? ' ' : token
    } else if (name === 'per') isPer = true
    else if (PREFIXES.has(name)) prefix += PREFIXES.get(name)
    else if (RAISING.has(name)) power = RAISING.get(name) ?? ''
    else if (POWERS.has(name)) text += POWERS.get(name)
    else if (unit === undefined) return null
    else {
      text += (isPer ? '/' : text === '' ? '' : ' ') + prefix + unit + power
      prefix = ''
      power = ''
      isPer = false
    }
  }
  if (prefix !== '' || power !== '' || isPer) return null
  return text.trim().replace(/\^(-?\d+)/g, (power, digits: string) => raised(digits) ?? power)
}

/** A number with its unit, which stands against it where it is a sign for degrees. */
export const quantityText = (number: string, unit: string): string =>
  `${number}${unit === '' || /^[°′″](?!C)/.test(unit) ? '' : ' '}${unit}`
