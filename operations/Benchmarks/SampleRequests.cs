using System.Text;

namespace AppStack.Operations.Benchmarks;

/// <summary>Requests of citizens, as scripts in Lua for <c>wrk</c>.</summary>
/// <param name="Host">The name under which the service is asked.</param>
internal sealed record SampleRequests(string Host)
{
    /// <summary>A document to declare, as dilosi reads it.</summary>
    public const string Document =
        """{"type":"solemn-declaration","firstName":"Ana","lastName":"Novak","taxNumber":"090000045","recipient":"Primary school","text":"I declare that my son and I have lived in Ljubljana since 1 March 2024, and that our address has not changed since then."}""";

    /// <summary>Asks for a page, with the headers of a browser; without them a few of the firewall's rules would have nothing to look at.</summary>
    public string Get => $$"""
        wrk.headers["Host"] = "{{Host}}"
        wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
        wrk.headers["Accept"] = "text/html,application/json;q=0.9,*/*;q=0.8"

        """;

    /// <summary>Sends a form of 2 KB in 8 fields.</summary>
    public string Form => Post("application/x-www-form-urlencoded", Fields());

    /// <summary>Issues documents, each with a key of its own.</summary>
    public string Declaration => Post("application/json", Document) + $$"""
        local threads, count = 0, 0
        function setup(thread) threads = threads + 1; thread:set("id", threads) end
        function request()
          count = count + 1
          wrk.headers["Idempotency-Key"] = "bench-{{Guid.NewGuid():N}}-" .. id .. "-" .. count
          return wrk.format()
        end

        """;

    private static string Fields()
    {
        string[] fields = ["given_name", "family_name", "street", "city", "purpose", "recipient", "remarks", "history"];
        const string Words = "Maria Novak lives since spring in Ljubljana near our river and asks our office for a confirmation of her residence and of her household for her school ";
        var text = new StringBuilder();
        foreach (var field in fields)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(field).Append('=').Append((Words + Words)[..230].Replace(' ', '+'));
        }

        return text.ToString();
    }

    private string Post(string type, string body) => $"{Get}wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"{type}\"\nwrk.body = [==[{body}]==]\n";
}
