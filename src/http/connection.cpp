#include "http/connection.hpp"

#include <boost/asio/post.hpp>

#include "http/response_head.hpp"

namespace dsdash::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// How long a client that was refused may go on sending before the connection is cut.
constexpr std::chrono::seconds kDrainTime{2};

}  // namespace

Connection::Connection(std::unique_ptr<Stream> stream, std::string peer, ConnectionOwner& owner)
    : stream_(std::move(stream)),
      peer_(std::move(peer)),
      owner_(owner),
      reader_({owner.options().header_bytes_max, owner.options().body_bytes_max}) {}

void Connection::renew_deadline(std::chrono::seconds allowed) {
    deadline_ = std::chrono::steady_clock::now() + allowed;
}

void Connection::start() {
    renew_deadline(owner_.options().idle_timeout);
    wait_for_bytes();
}

void Connection::finish() {
    finishing_ = true;
    if (!answering_) {
        close();
    }
}

void Connection::close() {
    if (stream_->is_open()) {
        stream_->close();
        owner_.forget(*this);
    }
}

void Connection::close_if_overdue(Instant now) {
    if (now >= deadline_) {
        close();
    }
}

void Connection::wait_for_bytes() {
    stream_->read([self = shared_from_this()](const error_code& error, std::string_view bytes) {
        return error ? self->close() : self->on_bytes(bytes);
    });
}

void Connection::on_bytes(std::string_view bytes) {
    if (!in_request_) {
        // From its first byte on a request has one idle_timeout to become whole: sending a byte now
        // and then does not prolong it.
        in_request_ = true;
        renew_deadline(owner_.options().idle_timeout);
    }
    reader_.append(bytes);
    read_on();
}

void Connection::read_on() {
    switch (reader_.advance()) {
        case RequestReader::Progress::complete:
            return dispatch();
        case RequestReader::Progress::refused:
            return refuse(reader_.take_refused(), reader_.refusal());
        case RequestReader::Progress::need_more:
            break;
    }
    if (reader_.take_continue_wish()) {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        stream_->write({asio::buffer(kContinue), {}},
                       [self = shared_from_this()](const error_code& error) {
                           return error ? self->close() : self->wait_for_bytes();
                       });
        return;
    }
    wait_for_bytes();
}

void Connection::dispatch() {
    auto [taken, keep_alive] = reader_.take();
    in_request_ = false;
    answering_ = true;
    deadline_ = Instant::max();
    keep_alive_ = keep_alive;
    head_only_ = taken.method == "HEAD";
    taken.peer = peer_;
    WorkerPool::Job job = [self = shared_from_this(), request = std::move(taken)]() mutable {
        auto response = self->owner_.handler()(request);
        auto executor = self->stream_->executor();
        // The worker keeps no reference: the connection ends where it lives, on the io thread.
        asio::post(executor, [self = std::move(self), response = std::move(response)]() mutable {
            self->answer(std::move(response));
        });
    };
    if (!owner_.pool().try_submit(job)) {
        refuse({}, {503, "too many requests are waiting"});
    }
}

void Connection::refuse(const Request& head, const RequestReader::Refusal& refusal) {
    keep_alive_ = false;
    answer(owner_.options().refuse(head, refusal.status, refusal.reason));
}

void Connection::answer(Response response) {
    if (response.stream && !head_only_) {
        body_stream_ = response.stream;
    }
    keep_alive_ = keep_alive_ && !finishing_ && !response.stream;
    head_ = format_response_head(response, keep_alive_, owner_.http_date());
    body_ = head_only_ ? std::string{} : std::move(response.body);
    answering_ = true;
    renew_deadline(owner_.options().idle_timeout);
    write();
}

void Connection::write() {
    stream_->write({asio::buffer(head_), asio::buffer(body_)},
                   [self = shared_from_this()](const error_code& error) {
                       return error ? self->close() : self->on_written();
                   });
}

void Connection::on_written() {
    answering_ = false;
    head_only_ = false;
    body_ = {};
    if (body_stream_ && !finishing_) {
        return begin_stream();
    }
    if (!keep_alive_ || finishing_) {
        return begin_drain();
    }
    renew_deadline(owner_.options().idle_timeout);
    if (reader_.in_request()) {
        in_request_ = true;
        return read_on();
    }
    wait_for_bytes();
}

void Connection::begin_stream() {
    deadline_ = Instant::max();
    if (streaming_) {
        return;
    }
    streaming_ = true;
    head_.clear();
    watch_client();
    owner_.serve_streams();
}

// What the client sends meanwhile is of no interest, but that it has gone is.
void Connection::watch_client() {
    stream_->read([self = shared_from_this()](const error_code& error, std::string_view) {
        return error ? self->close() : self->watch_client();
    });
}

bool Connection::send_more() {
    if (!streaming_ || !body_stream_) {
        return false;
    }
    if (answering_) {
        return true;
    }
    auto more = body_stream_->next();
    if (!more) {
        body_stream_.reset();
        if (stream_->end_writing()) {
            close();
        } else {
            renew_deadline(kDrainTime);
        }
        return false;
    }
    if (!more->empty()) {
        body_ = *std::move(more);
        answering_ = true;
        renew_deadline(owner_.options().idle_timeout);
        write();
    }
    return true;
}

// Closing with unread bytes would reset the connection, and the reset could overtake the answer
// (RFC 9112 section 9.6): so stop writing, and read until the client closes too.
void Connection::begin_drain() {
    if (stream_->end_writing() || finishing_) {
        return close();
    }
    renew_deadline(kDrainTime);
    wait_for_bytes();
}

}  // namespace dsdash::http
