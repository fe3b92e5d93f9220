#!/usr/bin/env bash
# A hub and the two accounts of a project on this machine: deploys, connects, trains, serves a model,
# and shows the metrics in the hub. ./dev demo builds what this needs and calls it.
#   demo.sh         stays up until Ctrl-C
#   demo.sh --once  checks the hub's numbers against what really ran, and ends
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

hub=111111111111 dev=222222222222 prod=333333333333
metrics=TotalCompletedTrainingJobs,CompletedTrainingJobs24h,NumberEndPointsInService
home=build/demo # wiped at the start
declare -A completed=([churn-dev]=0 [churn-prod]=0) # what really ran, by account

export PATH=$PWD/build/release:$PWD/build/release/examples:$PATH
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

# start_server NAME COMMAND…: runs it in the background, its log in build/demo/NAME.log, and waits
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

serve_home() {
    rm -rf "$home"
    mkdir -p "$home"
    step 'One server hosts the three accounts'
    start_server serve dsdash serve --listen 127.0.0.1:8080 ||
        start_server serve dsdash serve --listen 127.0.0.1:0 || {
        cat "$home/serve.log" >&2
        die 'dsdash serve did not start'
    }
    page=$url
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

# expect WHAT WANTED FOUND
differences=0
expect() {
    if [[ $2 == "$3" ]]; then
        echo "right    $1: $3"
    else
        echo "WRONG    $1: $3, and not $2"
        differences=$((differences + 1))
    fi
}

# on_hub ENVIRONMENT METRIC: the value in the hub.
on_hub() {
    dsdash latest --account hub --environment "$1" --metric "$2" --output csv |
        awk -F, 'NR > 1 {print $5}'
}

count_lines() { tail -n +2 | grep -c "$1" || true; }

check() {
    step 'Check the hub against what really ran'
    local environment account services
    for environment in dev prod; do
        account=churn-$environment
        services=$(dsdash endpoint list --account $account --output csv | count_lines ,InService,)
        expect "$account, completed jobs in its ledger" "${completed[$account]}" \
            "$(dsdash job list --account $account --status Completed --output csv | count_lines .)"
        expect "hub, $environment TotalCompletedTrainingJobs" "${completed[$account]}" \
            "$(on_hub $environment TotalCompletedTrainingJobs)"
        expect "hub, $environment CompletedTrainingJobs24h" "${completed[$account]}" \
            "$(on_hub $environment CompletedTrainingJobs24h)"
        expect "hub, $environment NumberEndPointsInService" "$services" \
            "$(on_hub $environment NumberEndPointsInService)"
    done
    expect 'churn-dev, failed jobs' 1 \
        "$(dsdash job list --account churn-dev --status Failed --output csv | count_lines .)"
    expect 'the model answers its health check' 200 \
        "$(curl -sS -o "$home/ping.json" -w '%{http_code}' "$model/ping")"
    expect 'the page answers' 200 "$(curl -sS -o "$home/page.html" -w '%{http_code}' "$page/")"
    expect 'events that could not be delivered' 0 \
        "$(dsdash dead-letters list --account hub --output csv | count_lines .)"
    ((differences == 0)) || die "$differences differ"
}

serve_home
deploy
connect
train_models
put_model_in_service
show
if [[ ${1:-} == --once ]]; then
    check
    exit 0
fi
cat <<END

It stays up until Ctrl-C. In another terminal, try:
  export DSDASH_DATA=$PWD/$home PATH=\$PATH:$PWD/build/release:$PWD/build/release/examples
  dsdash job run --account churn-dev --name churn-5 -- \\
      train --data $PWD/$home/january.csv --model $PWD/$home/churn-5.json
  dsdash refresh --account hub --wait
  dsdash history --metric TotalCompletedTrainingJobs --account hub
END
wait "${started[0]}"
