# `make` sets everything up and builds the editions; `make test` sets up likewise and checks everything.
# `make help` lists the rest. What the machine must have: Python 3.11 or newer, and scripts/prepare_machine.py.

PYTHON ?= python3

VENV := .venv
RUN := $(VENV)/bin/python
KIHONKEIKAKU := $(VENV)/bin/kihonkeikaku
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --require-virtualenv

# Stamps: younger than what they were made from when there is nothing to set up.
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp
# What the tests of the HTML edition check it with, beside Chromium.
CHECKERS := tests/browser/node_modules/checkers.stamp
# The environment's commands hold the folder's path and the Python they were made with.
PLACE := $(VENV)/place

# Nothing of the caller's may be imported or installed to in the environment's stead.
unexport PYTHONPATH PYTHONHOME PIP_USER

.DEFAULT_GOAL := edition
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

.PHONY: edition
edition: machine $(RUNTIME)
	$(KIHONKEIKAKU) validate plan
	$(KIHONKEIKAKU) build plan --draft --out build/edition
	$(KIHONKEIKAKU) build examples/next-edition \
	  --against examples/next-edition/editions/outline.json --out build/example
	@printf '%s\n' '' \
	  'できあがりました。次のファイルを開いてご覧ください (done; open these):' \
	  '  計画（HTML）        build/edition/html/index.html' \
	  '  計画（PDF）         build/edition/pdf/plan.pdf' \
	  '  行番号つきの PDF    build/edition/pdf/plan-draft.pdf' \
	  '  例示の次期版の比較  build/example/comparison/index.html'

# As many tests at a time as there are cores; the tests of one file run one after another, so that
# what a file makes once for all its tests is made once.
WORKERS := auto
PYTEST := $(RUN) -m pytest -n $(WORKERS) --dist loadfile

.PHONY: test
test: lint checkers suites
	$(PYTEST)

# What one runs while working: everything but the tests marked as slow. Less than a minute.
.PHONY: quick
quick: lint
	$(PYTEST) -m 'not slow and not torture'

# A target of its own, so that `make` alone asks for no browser.
.PHONY: checkers
checkers: browser $(CHECKERS)

.PHONY: browser
browser: machine
	@$(PYTHON) scripts/prepare_machine.py --tests

# Builds that are killed, interrupted and refused what they ask for, and pairs of generated plans
# sent through every command. Some hours; less with fewer kills and pairs, and only every n-th call
# failing and kind of thing growing: make torture KILLS=100 EVERY=10 PAIRS=50
KILLS := 1000
EVERY := 1
PAIRS := 1000

.PHONY: torture
torture: machine $(DEV)
	$(RUN) -m pytest -m torture -rsP --kills $(KILLS) --every $(EVERY) --pairs $(PAIRS) \
	  tests/publishing tests/properties

# One archive of an edition and its checksum, under build/release/: make release PLAN=examples/next-edition
PLAN := plan

.PHONY: release
release: machine $(RUNTIME)
	@$(RUN) -m scripts.release $(PLAN)

# The wheel, the sdist and the list of their parts (CycloneDX), under build/dist/.
.PHONY: dist
dist: machine $(RUNTIME)
	rm -rf build/dist
	@$(RUN) -m hatchling build --directory build/dist
	@$(RUN) -m scripts.sbom build/dist

# How much nginx carries of build/edition, over loopback; needs nginx and wrk. About 10 seconds.
.PHONY: serving
serving: edition $(DEV)
	@$(RUN) -m bench.serving

# Hard cases that others keep; without npm or a network, their tests are skipped.
.PHONY: suites
suites: machine
	@$(PYTHON) scripts/fetch_suites.py

# Each in an environment of its own: heavy, and not needed to work on anything else.
COVERAGE := build/coverage/tool
ATHERIS := build/fuzzing/venv
MUTMUT := build/mutation/venv

# Every branch of what reads a stranger's files and of the rules; about a minute.
.PHONY: coverage
coverage: machine $(DEV) $(COVERAGE)
	PYTHONPATH=$(COVERAGE) $(RUN) -m coverage run -m pytest tests/validation tests/hostile/test_cases.py \
	  tests/text tests/loading
	PYTHONPATH=$(COVERAGE) $(RUN) -m coverage report

$(COVERAGE):
	$(INSTALL) --target $@ coverage==7.17.4

# Breaks what reads a plan in some 800 ways; what no test notices is listed at the end. 5 minutes.
.PHONY: mutation
mutation: machine $(MUTMUT)
	$(MUTMUT)/bin/mutmut run
	$(MUTMUT)/bin/mutmut results

$(MUTMUT): requirements/dev.lock
	$(PYTHON) -m venv --clear $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	$@/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$@/bin/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1

# Goes on from what earlier runs have learnt: make fuzz SECONDS=3600
SECONDS := 600

.PHONY: fuzz
fuzz: machine $(ATHERIS)
	PYTHONPATH=src $(ATHERIS)/bin/python -m tests.fuzz.run -max_total_time=$(SECONDS)

$(ATHERIS): requirements/runtime.lock
	$(PYTHON) -m venv --clear $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	$@/bin/python -m pip install --quiet --disable-pip-version-check atheris==3.0.0

.PHONY: lint
lint: machine $(DEV)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

# Best on a machine at rest, about twenty minutes. What it compares with is installed on the way.
BENCHMARKS := start_up validate html comparison search pdf where goals

.PHONY: bench
bench: browser $(DEV)
	for name in $(BENCHMARKS); do $(RUN) -m bench.$$name || exit 1; done

# Of this checkout, or of several beside each other: make figures REPOS='../before .'
REPOS := .

.PHONY: figures
figures: machine $(DEV)
	@$(RUN) scripts/measure_code.py $(addprefix --repo ,$(REPOS))

.PHONY: goldens
goldens: machine $(DEV)
	$(RUN) -m pytest --renew

.PHONY: schema
schema: machine $(RUNTIME)
	$(KIHONKEIKAKU) schema

# Keeps the versions that still fit pyproject.toml; `make lock UPGRADE=1` takes the newest that do.
# uv, since it resolves for every platform and Python at once; nothing else here needs it.
UV_VERSION := 0.13.9
LOCKING := build/locking
COMPILE := $(LOCKING)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --generate-hashes --no-annotate --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: machine
	rm -rf $(LOCKING)
	$(PYTHON) -m venv $(LOCKING)
	$(LOCKING)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(COMPILE) --group build --output-file requirements/runtime.lock
	$(COMPILE) --group dev --constraints requirements/runtime.lock --output-file requirements/dev.lock
	rm -rf $(LOCKING)
	@printf '%s\n' 'requirements/ を更新しました。差分をご確認ください (locks renewed; review the difference)。'

# The library that the search page runs, at the version that tests/browser/package.json names.
.PHONY: minisearch
minisearch: checkers
	$(PYTHON) scripts/vendor_minisearch.py

# What the README shows of build/edition and build/example, after changing how they look.
.PHONY: pictures
pictures: edition browser $(DEV)
	$(RUN) -m scripts.take_pictures

.PHONY: clean
clean:
	rm -rf build dist mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests scripts -type d -name __pycache__ -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean
	rm -rf $(VENV) $(dir $(CHECKERS))

# Without npm, or without its packages, the tests that need them are skipped; in CI that won't do.
$(CHECKERS): tests/browser/package-lock.json | browser
	@printf '%s\n' 'HTMLの版を試す道具を準備しています (setting up the checkers of the HTML edition)。'
	@if npm ci --prefix $(<D) --ignore-scripts --no-audit --no-fund --loglevel=error; then touch $@; else \
	  printf '%s\n' '準備できませんでした。HTMLの版の試験の一部を飛ばします (some tests will be skipped)。' >&2; \
	  [ "$$CI" != true ]; fi

.PHONY: help
help:
	@printf '%s\n' \
	  '使う' \
	  '  make            準備をし、計画を検査して、build/ に版と比較を作ります' \
	  '  make release    版の一式と検証値を build/release/ に作ります（PLAN=計画）' \
	  '  make dist       Python の配布物（wheel と sdist）を build/dist/ に作ります' \
	  '' \
	  '直しながら確かめる' \
	  '  make quick      書式、型、速い試験だけを確かめます（1分以内）' \
	  '  make lint       書式と型だけを確かめます' \
	  '  make test       準備をし、書式・型・試験をすべて確かめます（8分以内）' \
	  '' \
	  '作り直す' \
	  '  make goldens    試験の見本（golden）を今の出力で更新します' \
	  '  make schema     schema/ をモデルから作り直します' \
	  '  make pictures   README の画面の図（docs/images/）を今の版から取り直します' \
	  '  make minisearch 検索の部品（templates/web/minisearch.js）を npm のものから作り直します' \
	  '  make lock       依存の固定（requirements/）を作り直します（UPGRADE=1 で新しい版へ）' \
	  '' \
	  '深く確かめる' \
	  '  make torture    版を作る途中で止め、失敗させ、前の版が守られることを確かめます（数時間）' \
	  '  make coverage   読む部分と規則のすべての分岐が試験されていることを確かめます（約1分）' \
	  '  make mutation   読む部分をわざと壊し、試験が気づくかを確かめます（約5分）' \
	  '  make fuzz       読む部分と規則に、作り出した入力を与え続けます（SECONDS=600）' \
	  '  make suites     ほかで集められた試験の例（YAML と文字列）を npm から取り寄せます' \
	  '' \
	  '測る' \
	  '  make bench      かかる時間をほかの道具と並べて測り、docs/benchmarks.md に書きます（約20分）' \
	  '  make serving    nginx で版を配る速さを測り、docs/benchmarks.md に書きます（nginx と wrk が要ります）' \
	  '  make figures    コードの大きさ、名前、動くモジュールの数を示します' \
	  '' \
	  '片づける' \
	  '  make clean      作ったものを消します（.venv と試験の道具は残ります）' \
	  '  make distclean  .venv と試験の道具も消します'

.PHONY: machine
machine:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { printf '%s\n' \
	  'Python 3.11以上が必要ですが、$(PYTHON) はそうではありません (Python >= 3.11 needed)。' \
	  'make PYTHON=python3.11 のように指定してください。' >&2; exit 1; }
	@$(PYTHON) scripts/prepare_machine.py

# A folder that was moved, or whose Python was replaced, is set up again.
ifneq "$(shell cat $(PLACE) 2>/dev/null)" "$(CURDIR) $(realpath $(RUN))"
$(RUNTIME): FORCE
endif

.PHONY: FORCE
FORCE:

# A broken or half-made environment has no working pip: only such a one is made anew.
# The way to src/ is written relatively: with LC_ALL=C, Python up to 3.12 can't start on a .pth file
# that names a folder in Japanese.
$(RUNTIME): requirements/runtime.lock pyproject.toml | machine
	@printf '%s\n' '実行環境（$(VENV)）を準備しています。初回は数分かかることがあります (setting up)。'
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) --require-hashes --requirement requirements/runtime.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@for pth in $(VENV)/lib/python3*/site-packages/_editable_impl_kihonkeikaku.pth; \
	  do echo ../../../../src >"$$pth"; done
	@$(RUN) scripts/set_up_merging.py
	@$(RUN) -c 'import os, sys; print(os.getcwd(), os.path.realpath(sys.executable))' >$(PLACE)
	@touch $@

$(DEV): requirements/dev.lock $(RUNTIME)
	@printf '%s\n' '開発用の道具を準備しています (setting up the development tools)。'
	@$(INSTALL) --require-hashes --requirement requirements/dev.lock
	@touch $@
