#!/usr/bin/perl
# お問い合わせフォーム: お店に知らせ、書いてくれた人に控えを送る
use strict;
use warnings;
use MIME::Base64;

my $shop = 'toiawase@utsuwakomichi.example';

my %form;
read(STDIN, my $body, $ENV{CONTENT_LENGTH} || 0);
for my $pair (split /&/, $body) {
    my ($key, $value) = split /=/, $pair, 2;
    $value =~ tr/+/ /;
    $value =~ s/%([0-9A-Fa-f]{2})/chr(hex($1))/ge;
    $value =~ s/[\r\n]+/ /g if $key ne 'text';
    $form{$key} = $value;
}

deliver($shop, 'お問い合わせがありました', "Reply-To: $form{mail}\n",
    "サイトのフォームからお問い合わせがありました。\n\nお名前: $form{name}\nメール: $form{mail}\n\n$form{text}\n");
deliver($form{mail}, '【うつわの小径】お問い合わせありがとうございます', "Auto-Submitted: auto-replied\n",
    "$form{name} 様\n\nお問い合わせありがとうございます。\n二、三日のうちにお返事いたします。\n\n▼お書きいただいた内容\n$form{text}\n\nうつわの小径\n");
print "Content-Type: text/html; charset=UTF-8\n\n<p>お問い合わせを受け付けました。</p>\n";

sub deliver {
    my ($to, $subject, $more, $text) = @_;
    open(my $mail, '|-', '/usr/sbin/sendmail', '-t', '-i', '-f', $shop) or die "no sendmail: $!";
    print $mail "From: $shop\nTo: $to\nSubject: =?UTF-8?B?" . encode_base64($subject, '') . "?=\n$more";
    print $mail "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n";
    print $mail encode_base64($text);
    close($mail);
}
