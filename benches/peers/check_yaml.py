"""The same check as check_json.py, but for a model in YAML, parsed by libyaml.

    check_yaml.py MODEL.yaml
"""

import gc
import sys

import yaml
from check_json import report

if __name__ == "__main__":
    gc.disable()
    with open(sys.argv[1], "rb") as file:
        print(report(yaml.load(file, Loader=yaml.CSafeLoader)))
