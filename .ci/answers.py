"""Exit code 0 where the address answers 200."""

import sys
from urllib.error import URLError
from urllib.request import urlopen

try:
    with urlopen(sys.argv[1], timeout=20) as answer:
        print(sys.argv[1], answer.status)
except (URLError, OSError) as error:
    sys.exit("%s: %s" % (sys.argv[1], error))
