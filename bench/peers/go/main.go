// The Go SDK v2 as a program that does what the bench asks for:
// who | chain GROUP | get GROUP HOW | filter GROUP HOW, HOW being null, text or ndjson.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	logs "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writer(how string, out io.Writer) func(timestamp int64, message string) {
	switch how {
	case "text":
		buffered := bufio.NewWriterSize(out, 1<<16)
		flush = func() { check(buffered.Flush()) }
		return func(timestamp int64, message string) {
			buffered.WriteString(strconv.FormatInt(timestamp, 10))
			buffered.WriteByte(' ')
			buffered.WriteString(message)
			buffered.WriteByte('\n')
		}
	case "ndjson":
		buffered := bufio.NewWriterSize(out, 1<<16)
		flush = func() { check(buffered.Flush()) }
		encoder := json.NewEncoder(buffered)
		encoder.SetEscapeHTML(false)
		return func(timestamp int64, message string) {
			check(encoder.Encode(struct {
				Timestamp int64  `json:"timestamp"`
				Message   string `json:"message"`
			}{timestamp, message}))
		}
	}
	count := 0
	flush = func() { fmt.Fprintln(out, count) }
	return func(int64, string) { count++ }
}

var flush func()

func main() {
	// With more, on loopback, answers come while net/http still books the request as being
	// written: now and then the SDK finds its connection closed under it.
	runtime.GOMAXPROCS(1)
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	check(err)
	if os.Args[1] == "who" {
		answer, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, nil)
		check(err)
		fmt.Println(*answer.Arn)
		return
	}
	client := logs.NewFromConfig(cfg)
	group, how := os.Args[2], "text"
	if len(os.Args) > 3 {
		how = os.Args[3]
	}
	write := writer(how, os.Stdout)
	switch os.Args[1] {
	case "chain":
		page, err := client.GetLogEvents(ctx, &logs.GetLogEventsInput{LogGroupName: &group, LogStreamName: aws.String("S")})
		check(err)
		for _, event := range page.Events {
			write(*event.Timestamp, *event.Message)
		}
	case "get":
		input := &logs.GetLogEventsInput{LogGroupName: &group, LogStreamName: aws.String("S"), StartFromHead: aws.Bool(true)}
		for {
			page, err := client.GetLogEvents(ctx, input)
			check(err)
			for _, event := range page.Events {
				write(*event.Timestamp, *event.Message)
			}
			if input.NextToken != nil && *page.NextForwardToken == *input.NextToken {
				break
			}
			input.NextToken = page.NextForwardToken
		}
	case "filter":
		pages := logs.NewFilterLogEventsPaginator(client, &logs.FilterLogEventsInput{LogGroupName: &group})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			check(err)
			for _, event := range page.Events {
				write(*event.Timestamp, *event.Message)
			}
		}
	}
	flush()
}
