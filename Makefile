# The two commands: `make demo` and `make test`. Both call `make setup`, which leaves the program at .venv/bin/offenraum.
PORT ?= 8000
PEOPLE ?= 220
PY := .venv/bin/python

.PHONY: setup demo test test-long check lock clean bench-live bench-restart bench-votes bench-pages bench-phone bench-lighthouse bench-exports bench-screens bench-desk bench-planner bench-registration bench-badges bench-checkin bench-sensors bench-answers

setup:
	@python3 tools/setup.py

demo: setup
	@.venv/bin/offenraum demo --port $(PORT) --people $(PEOPLE)

test: setup
	@$(PY) tools/test.py

test-long: setup
	@$(PY) tools/test.py --long

check: setup
	@$(PY) tools/test.py --static-only

lock:
	cd requirements && for name in product develop; do \
	  ../.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" $$name.in -o $$name.txt; done

bench-live bench-restart bench-votes bench-pages bench-phone bench-lighthouse bench-exports bench-screens bench-desk bench-planner bench-registration bench-badges bench-checkin bench-sensors bench-answers: setup
	@$(PY) -m bench.$(subst bench-,,$@)

clean:
	rm -rf .venv node_modules frontend/node_modules offenraum/kit/static build
