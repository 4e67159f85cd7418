using System.Text.Json;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Operations.Waf;

namespace AppStack.Operations.Tests.Waf;

/// <summary>Compiled rules in the real engine.</summary>
public sealed class WafEngineTests
{
    private const string Injection = "1' OR '1'='1";
    private const string Script = "<script>alert(1)</script>";

    [WafFact]
    public async Task Attacks_are_refused_and_requests_of_people_pass()
    {
        await using var engine = await StartAsync(new());

        await ExpectAsync(engine, 200, Get("/"));
        await ExpectAsync(engine, 200, Get("/?q=please+select+one+from+the+list"));
        await ExpectAsync(engine, 200, Json("/", "text", "I live at Trubarjeva 5; see you -- Ana"));
        await ExpectAsync(engine, 403, Get($"/?id={Uri.EscapeDataString(Injection)}"), 942100, 949110);
        await ExpectAsync(engine, 403, Get($"/?q={Uri.EscapeDataString(Script)}"), 941100, 941110, 941160, 949110);
        await ExpectAsync(engine, 403, Json("/", "text", Injection), 942100, 949110);
        await ExpectAsync(engine, 403, Form("/", $"text={Uri.EscapeDataString(Script)}"), 941100, 941110, 941160, 949110);
        await ExpectAsync(engine, 403, Get("/") with { Headers = [.. Get("/").Headers, new("Cookie", $"s={Uri.EscapeDataString(Script)}")] }, 941100, 941110, 941160, 949110);
    }

    [WafFact]
    public async Task What_the_service_does_not_answer_has_a_status_that_says_so()
    {
        var service = Service(new()
        {
            Methods = ["GET", "POST", "PUT"],
            Uploads = new() { Count = 1, TotalBytes = 20, Extensions = [".pdf"] },
            Paths = [new() { Path = "/declarations", Methods = ["POST"], ContentTypes = ["application/json"] }],
            Parameters = [new() { Name = "code", Path = "/verify/*", Pattern = "[0-9]{4}" }],
        }) with { BodyBytes = 2000 };
        await using var engine = await WafEngine.StartAsync(service, new(), CancellationToken.None);
        var first = RuleIdRange.Of(service).First;

        await ExpectAsync(engine, 405, Get("/") with { Method = "DELETE" }, first + 1);
        await ExpectAsync(engine, 405, Get("/declarations"), first + 10);
        await ExpectAsync(engine, 405, Get("/x/../declarations"), first + 10);
        await ExpectAsync(engine, 200, Json("/declarations", "text", "a"));
        await ExpectAsync(engine, 415, Form("/declarations", "text=a"), first + 11);
        await ExpectAsync(engine, 415, Form("/", "a") with { Headers = [.. Get("/").Headers, new("Content-Type", "text/csv")] }, first + 2);
        await ExpectAsync(engine, 413, Form("/", "text=" + new string('a', 2000)));
        await ExpectAsync(engine, 400, Get("/verify/now?code=12345"), first + 12);
        await ExpectAsync(engine, 400, Get("/verify/now?code=1234%0A"), first + 12);
        await ExpectAsync(engine, 200, Get("/verify/now?code=1234"));
        await ExpectAsync(engine, 200, Get("/verify?code=12345"));
        await ExpectAsync(engine, 200, Upload("tax.PDF", "short"));
        await ExpectAsync(engine, 415, Upload("tax.pdf.exe", "short"), first + 5);
        await ExpectAsync(engine, 413, Upload("tax.pdf", new string('a', 30)), first + 4);
        await ExpectAsync(engine, 400, Json("/", "text", "a") with { Data = "{\"text\":" }, 200002);
    }

    [WafFact]
    public async Task An_exclusion_leaves_out_its_target_on_its_path_and_nothing_else()
    {
        await using var engine = await StartAsync(new()
        {
            Exclusions =
            [
                new() { Rule = 942100, Target = "ARGS:json.text", Path = "/notes/*", Reason = "people quote each other" },
                new() { Tag = "attack-xss", Target = "ARGS:html", Path = "/pages", Reason = "an editor of pages" },
                new() { Rule = 913100, Path = "/probe", Reason = "our own scanner" },
            ],
        });

        await ExpectAsync(engine, 200, Json("/notes/new", "text", Injection));
        await ExpectAsync(engine, 403, Json("/notes/new", "name", Injection), 942100, 949110);
        await ExpectAsync(engine, 403, Json("/notes/new", "text", Script), 941100, 941110, 941160, 949110);
        await ExpectAsync(engine, 403, Json("/other", "text", Injection), 942100, 949110);
        await ExpectAsync(engine, 403, Json("/notes", "text", Injection), 942100, 949110);
        // nginx sends this to /other: what it says before is nothing.
        Assert.Contains(942100, (await engine.AskAsync(Json("/notes/../other", "text", Injection), CancellationToken.None)).Rules);
        Assert.Contains(942100, (await engine.AskAsync(Json("/notes/%2e%2e/other", "text", Injection), CancellationToken.None)).Rules);
        await ExpectAsync(engine, 200, Form("/pages", $"html={Uri.EscapeDataString(Script)}"));
        await ExpectAsync(engine, 403, Form("/pages", $"name={Uri.EscapeDataString(Script)}"), 941100, 941110, 941160, 949110);
        await ExpectAsync(engine, 200, Get("/probe", "sqlmap/1.7"));
        await ExpectAsync(engine, 403, Get("/", "sqlmap/1.7"), 913100, 949110);
    }

    [WafFact]
    public async Task Detect_logs_and_passes()
    {
        await using var engine = await StartAsync(new() { Mode = WafMode.Detect, RateLimits = [new() { Requests = 1, Burst = 0 }] });

        await ExpectAsync(engine, 200, Get($"/?id={Uri.EscapeDataString(Injection)}"), 942100, 949110);
        await ExpectAsync(engine, 200, Get("/") with { Method = "DELETE" }, RuleIdRange.Of(Service(new())).First + 1, 911100, 949110);
    }

    [WafFact]
    public async Task Off_neither()
    {
        await using var engine = await StartAsync(new() { Mode = WafMode.Off, RateLimits = [new() { Requests = 1, Burst = 0 }] });

        await ExpectAsync(engine, 200, Get($"/?id={Uri.EscapeDataString(Injection)}"));
        await ExpectAsync(engine, 200, Get("/") with { Method = "DELETE" });
    }

    [WafFact]
    public async Task A_higher_level_can_be_tried_without_refusing_anything()
    {
        // 920273 (level 4): characters beyond letters and digits.
        var odd = Get("/?q=a%3Bb%3Cc");
        await using (var engine = await StartAsync(new() { DetectionParanoia = 4 }))
        {
            var answer = await engine.AskAsync(odd, CancellationToken.None);
            Assert.Equal(200, answer.Status);
            Assert.Contains(920273, answer.Rules);
        }

        await using var strict = await StartAsync(new() { Paranoia = 4 });
        Assert.Equal(403, (await strict.AskAsync(odd, CancellationToken.None)).Status);
    }

    [WafFact]
    public async Task Who_asks_too_often_gets_429()
    {
        await using var engine = await StartAsync(new() { RateLimits = [new() { Path = "/declarations", Methods = ["POST"], Requests = 1, Per = TimeSpan.FromMinutes(1), Burst = 1 }] });
        var statuses = new List<int?>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await engine.AskAsync(Json("/declarations", "text", "a"), CancellationToken.None)).Status);
        }

        Assert.Equal([200, 200, 429, 429], statuses);
        await ExpectAsync(engine, 200, Get("/declarations"));
        await ExpectAsync(engine, 200, Json("/declarations/1", "text", "a"));
    }

    [WafFact]
    public async Task An_answer_that_leaks_does_not_come_whole()
    {
        const string Leak = "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version";
        await using var engine = await WafEngine.StartAsync(Service(new()), new() { Answer = Leak }, CancellationToken.None);

        var answer = await engine.AskAsync(Get("/"), CancellationToken.None);

        Assert.Contains(951230, answer.Rules);
        Assert.Contains(959100, answer.Rules);
        Assert.DoesNotContain("MySQL", answer.Text);
    }

    [WafFact]
    public async Task An_audit_event_says_whose_it_is_and_has_no_bodies_or_headers()
    {
        await using var engine = await StartAsync(new());
        await engine.AskAsync(Get("/"), CancellationToken.None);
        await engine.AskAsync(Form("/", $"password=hunter2&q={Uri.EscapeDataString(Script)}") with { Headers = [.. Form("/", "").Headers, new("Cookie", "session=secret")] }, CancellationToken.None);

        var line = Assert.Single(await File.ReadAllLinesAsync(Path.Combine(engine.Folder, "tmp", "audit.json")));

        using var audit = JsonDocument.Parse(line);
        var transaction = audit.RootElement.GetProperty("transaction");
        // The engine keeps a quotation mark of the directive.
        Assert.Equal("service=benefits team=benefits-team", transaction.GetProperty("producer").GetProperty("components")[0].GetString()!.TrimEnd('"'));
        Assert.Matches("^[0-9a-f]{32}$", transaction.GetProperty("unique_id").GetString());
        Assert.DoesNotContain("hunter2", line);
        Assert.DoesNotContain("secret", line);
    }

    [WafFact]
    public async Task Rules_that_do_not_compile_are_refused_with_what_the_engine_says()
    {
        var settings = new WafEngineSettings { MoreRules = "SecRule ARGZ \"@rx a\" \"id:1,phase:2,deny\"\n" };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => WafEngine.StartAsync(Service(new()), settings, CancellationToken.None));

        Assert.Matches(@"benefits\.conf\. Line: [0-9]+\. Column: [0-9]+\.", exception.Message);
    }

    private static Task<WafEngine> StartAsync(WafSpec spec) => WafEngine.StartAsync(Service(spec), new(), CancellationToken.None);

    private static WafService Service(WafSpec spec) => new() { Name = "benefits", Team = "benefits-team", Spec = spec };

    private static async Task ExpectAsync(WafEngine engine, int status, WafRequest request, params int[] rules)
    {
        var answer = await engine.AskAsync(request, CancellationToken.None);

        Assert.Equal(
            $"{request.Method} {request.Uri} {request.Data}: {status} {string.Join(' ', rules)}",
            $"{request.Method} {request.Uri} {request.Data}: {answer.Status} {string.Join(' ', answer.Rules)}");
    }

    private static WafRequest Get(string uri, string agent = "Mozilla/5.0") =>
        new() { Uri = uri, Headers = [new("Host", "benefits.example"), new("User-Agent", agent), new("Accept", "*/*")] };

    private static WafRequest Json(string uri, string field, string value) =>
        Get(uri) with { Method = "POST", Data = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [field] = value }), Headers = [.. Get(uri).Headers, new("Content-Type", "application/json")] };

    private static WafRequest Form(string uri, string data) => Get(uri) with { Method = "POST", Data = data };

    private static WafRequest Upload(string name, string content) => Get("/") with
    {
        Method = "POST",
        Data = $"--x7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n--x7--\r\n",
        Headers = [.. Get("/").Headers, new("Content-Type", "multipart/form-data; boundary=x7")],
    };
}
