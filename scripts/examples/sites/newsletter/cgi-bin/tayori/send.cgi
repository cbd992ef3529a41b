#!/usr/bin/perl
# Tayori CGI 1.4: sends one letter to everybody on a list.
use strict;
use warnings;
use MIME::Base64;

my $from = 'shop@sumiredo.example';
my $name = '木と器 すみれ堂';
my $list = 'data/list.txt';

my %form;
read(STDIN, my $body, $ENV{CONTENT_LENGTH} || 0);
for my $pair (split /&/, $body) {
    my ($key, $value) = split /=/, $pair, 2;
    $value =~ tr/+/ /;
    $value =~ s/%([0-9A-Fa-f]{2})/chr(hex($1))/ge;
    $form{$key} = $value;
}

# 宛先を画面で直したときは、その一覧に送る
my @to = split /\s+/, $form{list} || '';
if (!@to) {
    $0 =~ m{^(.*)/};
    open(my $file, '<', "$1/$list") or die "no list: $!";
    chomp(@to = <$file>);
}

my $subject = '=?UTF-8?B?' . encode_base64($form{subject}, '') . '?=';
my $sender = '=?UTF-8?B?' . encode_base64($name, '') . '?=';
my $text = encode_base64($form{body});
for my $to (@to) {
    open(my $mail, '|-', '/usr/sbin/sendmail', '-t', '-i', '-f', $from) or die "no sendmail: $!";
    print $mail "From: $sender <$from>\nTo: $to\nSubject: $subject\nX-Mailer: Tayori CGI 1.4\n";
    print $mail "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n$text";
    close($mail);
}
print "Content-Type: text/html; charset=UTF-8\n\n<p>送信しました。</p>\n";
