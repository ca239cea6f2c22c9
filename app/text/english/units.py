"""Units of measurement in English words."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.pieces import Piece, pieces

_TABLE = """
m|meter|meters
km|kilometer|kilometers
cm|centimeter|centimeters
mm|millimeter|millimeters
µm|micrometer|micrometers
μm|micrometer|micrometers
nm|nanometer|nanometers
pm|picometer|picometers
mi|mile|miles
ft|foot|feet
yd|yard|yards
g|gram|grams
kg|kilogram|kilograms
mg|milligram|milligrams
µg|microgram|micrograms
μg|microgram|micrograms
t|ton|tons
lb|pound|pounds
lbs|pound|pounds
oz|ounce|ounces
l|liter|liters
L|liter|liters
ml|milliliter|milliliters
mL|milliliter|milliliters
ha|hectare|hectares
s|second|seconds
sec|second|seconds
ms|millisecond|milliseconds
µs|microsecond|microseconds
μs|microsecond|microseconds
ns|nanosecond|nanoseconds
min|minute|minutes
h|hour|hours
hr|hour|hours
hrs|hour|hours
Hz|hertz|hertz
kHz|kilohertz|kilohertz
MHz|megahertz|megahertz
GHz|gigahertz|gigahertz
THz|terahertz|terahertz
B|byte|bytes
kB|kilobyte|kilobytes
KB|kilobyte|kilobytes
MB|megabyte|megabytes
GB|gigabyte|gigabytes
TB|terabyte|terabytes
PB|petabyte|petabytes
KiB|kibibyte|kibibytes
MiB|mebibyte|mebibytes
GiB|gibibyte|gibibytes
bit|bit|bits
kbit|kilobit|kilobits
Mbit|megabit|megabits
Gbit|gigabit|gigabits
Kbps|kilobit per second|kilobits per second
kbps|kilobit per second|kilobits per second
Mbps|megabit per second|megabits per second
Gbps|gigabit per second|gigabits per second
fps|frame per second|frames per second
mM|millimolar|millimolar
µM|micromolar|micromolar
nM|nanomolar|nanomolar
tsp|teaspoon|teaspoons
tbsp|tablespoon|tablespoons
bpm|beat per minute|beats per minute
rpm|revolution per minute|revolutions per minute
dpi|dot per inch|dots per inch
px|pixel|pixels
mph|mile per hour|miles per hour
kph|kilometer per hour|kilometers per hour
kmh|kilometer per hour|kilometers per hour
W|watt|watts
kW|kilowatt|kilowatts
MW|megawatt|megawatts
GW|gigawatt|gigawatts
mW|milliwatt|milliwatts
kWh|kilowatt hour|kilowatt hours
MWh|megawatt hour|megawatt hours
V|volt|volts
mV|millivolt|millivolts
kV|kilovolt|kilovolts
A|ampere|amperes
mA|milliampere|milliamperes
mAh|milliampere hour|milliampere hours
Ω|ohm|ohms
Ω|ohm|ohms
kΩ|kiloohm|kiloohms
F|farad|farads
µF|microfarad|microfarads
N|newton|newtons
kN|kilonewton|kilonewtons
Pa|pascal|pascals
kPa|kilopascal|kilopascals
MPa|megapascal|megapascals
hPa|hectopascal|hectopascals
bar|bar|bars
atm|atmosphere|atmospheres
J|joule|joules
kJ|kilojoule|kilojoules
MJ|megajoule|megajoules
eV|electronvolt|electronvolts
keV|kiloelectronvolt|kiloelectronvolts
MeV|megaelectronvolt|megaelectronvolts
GeV|gigaelectronvolt|gigaelectronvolts
cal|calorie|calories
kcal|kilocalorie|kilocalories
K|kelvin|kelvins
mol|mole|moles
lm|lumen|lumens
lx|lux|lux
cd|candela|candelas
T|tesla|teslas
Bq|becquerel|becquerels
Sv|sievert|sieverts
mSv|millisievert|millisieverts
dB|decibel|decibels
mn|million|million
bn|billion|billion
tn|trillion|trillion
USD|U S dollar|U S dollars
EUR|euro|euros
GBP|British pound|British pounds
RUB|ruble|rubles
JPY|yen|yen
CNY|yuan|yuan
rad|radian|radians
ppm|part per million|parts per million
ppb|part per billion|parts per billion
mmHg|millimeter of mercury|millimeters of mercury
TWh|terawatt hour|terawatt hours
GWh|gigawatt hour|gigawatt hours
MΩ|megaohm|megaohms
pF|picofarad|picofarads
nF|nanofarad|nanofarads
mH|millihenry|millihenries
mT|millitesla|milliteslas
mmol|millimole|millimoles
µmol|micromole|micromoles
nmol|nanomole|nanomoles
dL|deciliter|deciliters
dl|deciliter|deciliters
µL|microliter|microliters
ly|light year|light years
pc|parsec|parsecs
kpc|kiloparsec|kiloparsecs
Mpc|megaparsec|megaparsecs
AU|astronomical unit|astronomical units
Tbps|terabit per second|terabits per second
nT|nanotesla|nanoteslas
wt%|percent by weight|percent by weight
°|degree|degrees
%|percent|percent
‰|per mille|per mille
′|minute|minutes
″|second|seconds
"""
_ROWS = [line.split("|") for line in _TABLE.split("\n") if line]
_UNITS = {
    spelling: (one, many)
    for sign, one, many in _ROWS
    for spelling in (sign, sign.replace("\u00b5", "\u03bc"))
}
"""The sign of a millionth is written in two ways, and as a Greek letter it reaches this table."""
_SCALES = {"C": "Celsius", "F": "Fahrenheit", "K": "Kelvin"}
_NEVER_ATTACHED = frozenset("AKBTtFL")
"""One letter that, right behind digits, is rather a name: 4K, 3T, 2B."""
_AREAS = {"m", "km", "cm", "mm", "ft", "mi", "nm", "µm", "μm", "yd"}


def unit(sign: str, *, many: bool, attached: bool = False) -> list[str]:
    """Words of a unit; empty when the sign is none.

    >>> unit("m/s²", many=True), unit("kg/m³", many=True), unit("word", many=True)
    (['meters', 'per', 'second', 'squared'], ['kilograms', 'per', 'cubic', 'meter'], [])

    Args:
        sign: As written, powers and divisions included.
        many: Whether the first unit is in the plural.
        attached: Whether it stands right behind the digits.
    """
    if attached and sign in _NEVER_ATTACHED:
        return []
    if sign[:1] == "°" and sign[1:] in _SCALES:
        return [_UNITS["°"][many], _SCALES[sign[1:]]]
    if sign in _UNITS:
        return _UNITS[sign][many].split()
    return _compound(pieces(sign), many=many)


def _compound(parts: Sequence[Piece], *, many: bool) -> list[str]:
    result: list[str] = []
    per, place = False, 0
    while place < len(parts):
        part = parts[place]
        if part.kind == "sign" and part.text in ("/", "·", "⋅", "(", ")"):
            again = part.text == "/" and per
            per = per or part.text == "/"
            result += ["per"] if again else []
            place += 1
            continue
        scale = parts[place + 1].text if place + 1 < len(parts) else ""
        if part.text == "°" and scale in _SCALES and result:
            result += [*([] if "per" in result else ["per"]), "degree", _SCALES[scale]]
            place += 2
            continue
        if part.text not in _UNITS or part.text in ("%", "°"):
            return []
        follows = parts[place + 1] if place + 1 < len(parts) else None
        power = follows.text if follows and follows.kind == "super" else ""
        negative = power.startswith("−")
        ahead = parts[place + 2 if power else place + 1 :]
        multiplied = bool(ahead) and ahead[0].text in ("·", "⋅")
        name = _UNITS[part.text][many and not multiplied and not per and "per" not in result]
        if ((per or negative) and result and "per" not in result) or (negative and not result):
            result.append("per")
        result += _powered(part.text, name, power.lstrip("−"))
        place += 2 if power else 1
    return result


def _powered(sign: str, name: str, power: str) -> list[str]:
    if power in ("2", "3") and sign in _AREAS:
        return [{"2": "square", "3": "cubic"}[power], *name.split()]
    suffix = {"": [], "1": [], "2": ["squared"], "3": ["cubed"]}
    return [*name.split(), *suffix.get(power, ["to", "the", power])]
