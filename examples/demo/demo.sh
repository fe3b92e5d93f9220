#!/usr/bin/env bash
# A hub and the two accounts of a project on this machine: deploys, connects, trains, serves a model,
# and shows the metrics in the hub. ./dev demo builds what this needs and calls it.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

usage() {
    cat <<'END'
usage: demo.sh [--once] [--listen ADDR:PORT] [--data DIR] [--build DIR]

  --once    check the hub's numbers against what really ran, and end; else it stays up until Ctrl-C
  --listen  where it serves (127.0.0.1:8080, or any free port when that is taken)
  --data    its data folder, wiped at the start (build/demo)
  --build   where the programs were built (build/release)
END
}

once='' listen='' home=build/demo build=build/release
while (($#)); do
    case $1 in
    --once) once=yes ;;
    --listen | --data | --build)
        (($# > 1)) || { usage >&2 && exit 2; }
        case $1 in
        --listen) listen=$2 ;;
        --data) home=$2 ;;
        --build) build=$2 ;;
        esac
        shift
        ;;
    --help | -h) usage && exit ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done

hub=111111111111 dev=222222222222 prod=333333333333
metrics=TotalCompletedTrainingJobs,CompletedTrainingJobs24h,NumberEndPointsInService
# What really ran, by account.
declare -A completed=([churn-dev]=0 [churn-prod]=0) in_service=([churn-dev]=0 [churn-prod]=0)

[[ $build == /* ]] || build=$PWD/$build
[[ $home == /* ]] || home=$PWD/$home
export PATH=$build:$build/examples:$PATH
export DSDASH_DATA=$home
unset DSDASH_ACCOUNT DSDASH_ENDPOINT_URL

step() { printf '\n== %s\n' "$*"; }

# Shows a command as a person would type it, and runs it.
run() {
    printf '$ %s\n' "${*@Q}" | sed "s/'\([[:alnum:]_.,:=/@-]*\)'/\1/g"
    "$@"
}

die() {
    printf 'demo: %s\n' "$*" >&2
    exit 1
}

started=()
stop_everything() {
    trap - EXIT INT TERM
    if ((${#started[@]})); then
        kill "${started[@]}" 2>/dev/null || true
        wait "${started[@]}" 2>/dev/null || true
    fi
}
trap stop_everything EXIT
trap 'exit 130' INT TERM

# start_server NAME COMMAND…: runs it in the background, its log in the data folder, and waits
# until it says where it is; the URL is then in $url. Fails when it ends instead.
start_server() {
    local log=$home/$1.log pid
    shift
    "$@" >"$log" 2>&1 &
    pid=$!
    while ! url=$(sed -n 's/^ready on //p' "$log") || [[ -z $url ]]; do
        kill -0 "$pid" 2>/dev/null || return 1
        sleep 0.02
    done
    started+=("$pid")
}

# Takes the data folder for this demo, and wipes it. Its servers hold the lock as well, so that nobody
# wipes what they serve, even when this script is killed.
wipe_home() {
    local lock=$home/demo.lock
    if [[ ! -e $lock && -n $(ls -A "$home" 2>/dev/null) ]]; then
        die "$home is not a demo's data folder: remove it, or give another --data"
    fi
    mkdir -p "$home"
    exec {lock_descriptor}>>"$lock"
    flock --nonblock "$lock_descriptor" ||
        die "another demo runs on $home ($(<"$lock")): end that one first, or give another --data"
    find "$home" -mindepth 1 ! -path "$lock" -delete
    : >"$lock"
}

serve_home() {
    wipe_home
    step 'One server hosts the three accounts'
    start_server serve dsdash serve --listen "${listen:-127.0.0.1:8080}" ||
        { [[ -z $listen ]] && start_server serve dsdash serve --listen 127.0.0.1:0; } || {
        cat "$home/serve.log" >&2
        die 'dsdash serve did not start'
    }
    page=$url
    echo "$page, process ${started[0]}" >"$home/demo.lock"
    echo "dsdash serve is ready on $page"
    run dsdash account create hub --id $hub --endpoint-url "$page"
    run dsdash account create churn-dev --id $dev --endpoint-url "$page"
    run dsdash account create churn-prod --id $prod --endpoint-url "$page"
}

deploy() {
    step 'Deploy the hub, and the three metrics in both spokes'
    run dsdash deploy hub --account hub
    local environment
    for environment in dev prod; do
        run dsdash deploy spoke --account churn-$environment -c environment=$environment \
            -c project_name=churn -c metrics=$metrics
    done
}

connect() {
    step 'Say in each account who is connected with whom'
    run dsdash put-parameter /monitors/TestHub $hub --account churn-dev
    run dsdash put-parameter /monitors/TestHub $hub --account churn-prod
    run dsdash put-parameter /monitored_projects/churn/dev $dev --account hub
    run dsdash put-parameter /monitored_projects/churn/prod $prod --account hub

    step 'Connect: first allow each other to put events, then forward them'
    local action account
    for action in EBPut EBRule; do
        for account in hub churn-dev churn-prod; do
            run dsdash invoke ds-dashboard-connection --account $account \
                --payload "{\"action\":\"$action\"}"
        done
    done
}

# train_one ACCOUNT JOB DATA
train_one() {
    local status=0
    run dsdash job run --account "$1" --name "$2" -- \
        train --data "$home/$3.csv" --model "$home/$2.json" --epochs 6 || status=$?
    if ((status == 0)); then
        completed[$1]=$((completed[$1] + 1))
    fi
}

train_models() {
    step 'Train models: real jobs, of which one meets bad data'
    make_customers --seed 1 >"$home/january.csv"
    make_customers --seed 2 >"$home/february.csv"
    sed '500s/^[0-9]*/unknown/' "$home/january.csv" >"$home/damaged.csv"
    train_one churn-dev churn-1 january
    train_one churn-dev churn-2 damaged
    train_one churn-dev churn-3 february
    train_one churn-dev churn-4 january
    train_one churn-prod churn-release-1 january
    train_one churn-prod churn-release-2 february
}

put_model_in_service() {
    step 'Serve a trained model in prod'
    start_server model serve_model --model "$home/churn-release-2.json" ||
        die "serve_model did not start: $(cat "$home/model.log")"
    model=$url
    echo "serve_model is ready on $model"
    run dsdash endpoint register --account churn-prod --name churn --url "$model/invocations"
    in_service[churn-prod]=1
    echo 'A customer for 3 months, 95 a month, 4 calls to support, no contract:'
    run curl -sS --fail --data-binary 3,95,4,0 "$model/invocations"
    echo
    local attempt
    for attempt in {1..100}; do
        [[ $(dsdash endpoint list --account churn-prod --output csv) != *,InService,* ]] || return 0
        sleep 0.1
    done
    die "the endpoint is not InService after $attempt looks"
}

show() {
    step 'Ask for new data, and wait for it'
    run dsdash refresh --account hub --wait
    step 'What the hub knows'
    run dsdash latest --account hub
    echo
    echo "The page: $page/"
}

# expect WHAT WANTED FOUND: a call that failed has found nothing, which is never what is wanted.
differences=0
expect() {
    if [[ $2 == "$3" ]]; then
        echo "right    $1: $3"
    else
        echo "WRONG    $1: ${3:-nothing}, and not $2"
        differences=$((differences + 1))
    fi
}

# rows COMMAND…: what it lists, without the head; fails when the command does.
rows() {
    local listed
    listed=$("$@" --output csv)
    tail -n +2 <<<"$listed"
}

# count PATTERN COMMAND…: how many rows of its list match; fails when the command does.
count() {
    local pattern=$1 listed
    shift
    listed=$(rows "$@")
    grep -c -- "$pattern" <<<"$listed" || (($? == 1))
}

# on_hub ENVIRONMENT METRIC: the value in the hub.
on_hub() {
    local listed
    listed=$(rows dsdash latest --account hub --environment "$1" --metric "$2")
    cut -d, -f5 <<<"$listed"
}

check() {
    step 'Check the hub against what really ran'
    local environment account
    for environment in dev prod; do
        account=churn-$environment
        expect "$account, completed jobs in its ledger" "${completed[$account]}" \
            "$(count . dsdash job list --account $account --status Completed)"
        expect "$account, endpoints in service in its ledger" "${in_service[$account]}" \
            "$(count ,InService, dsdash endpoint list --account $account)"
        expect "hub, $environment TotalCompletedTrainingJobs" "${completed[$account]}" \
            "$(on_hub $environment TotalCompletedTrainingJobs)"
        expect "hub, $environment CompletedTrainingJobs24h" "${completed[$account]}" \
            "$(on_hub $environment CompletedTrainingJobs24h)"
        expect "hub, $environment NumberEndPointsInService" "${in_service[$account]}" \
            "$(on_hub $environment NumberEndPointsInService)"
    done
    expect 'churn-dev, failed jobs' 1 \
        "$(count . dsdash job list --account churn-dev --status Failed)"
    expect 'the model answers its health check' 200 \
        "$(curl -sS -o "$home/ping.json" -w '%{http_code}' "$model/ping")"
    expect 'the page answers' 200 "$(curl -sS -o "$home/page.html" -w '%{http_code}' "$page/")"
    for account in hub churn-dev churn-prod; do
        expect "$account, events that could not be delivered" 0 \
            "$(count . dsdash dead-letters list --account $account)"
    done
    ((differences == 0)) || die "$differences differ"
}

serve_home
deploy
connect
train_models
put_model_in_service
show
if [[ -n $once ]]; then
    check
    exit 0
fi
cat <<END

It stays up until Ctrl-C. In another terminal, try:
  export DSDASH_DATA=$home PATH=\$PATH:$build:$build/examples
  dsdash job run --account churn-dev --name churn-5 -- \\
      train --data $home/january.csv --model $home/churn-5.json
  dsdash refresh --account hub --wait
  dsdash history --metric TotalCompletedTrainingJobs --account hub
END
wait "${started[0]}"
