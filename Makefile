# Two commands matter: `make run` and `make test`. Both install what is missing first, and may be repeated.
SHELL := /bin/bash
.PHONY: help run test speech check bench crash crowd growth oracle fmt lint sqlx install clean

help:
	@echo "make run     install what is missing, build, and serve a demonstration hospital"
	@echo "make test    install what the tests need, and run them all"
	@echo "make speech  fetch the speech engine: then visits may be transcribed, on this machine alone"
	@echo "make check   formatting, compiler lints, the house's own lint, licences"
	@echo "make bench   measure, as ratios to floors of the same machine"
	@echo "make crash | crowd | growth | oracle    the long proofs: see docs/operations.md"
	@echo "make fmt     format    make lint  the house's own lint    make sqlx  renew .sqlx after changing SQL"

run:
	@./tools/run.sh

test:
	@./tools/test.sh

speech:
	@./tools/speech.sh

check:
	@./tools/check.sh

bench:
	@./tools/bench.sh

crash crowd growth oracle:
	@./tools/prove.sh $@

install:
	@./tools/install.sh run

fmt:
	@cargo fmt --all

lint:
	@SQLX_OFFLINE=true cargo run -q -p lint

sqlx:
	@./tools/sqlx.sh

clean:
	@cargo clean -q && rm -rf node_modules ui/dist/* .cache
