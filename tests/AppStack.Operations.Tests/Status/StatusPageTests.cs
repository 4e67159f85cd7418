using AppStack.Operations.Status;
using Microsoft.Playwright;

namespace AppStack.Operations.Tests.Status;

/// <summary>The page as a person sees it, in Debian's Chromium.</summary>
public sealed class StatusPageTests : IAsyncLifetime
{
    private static readonly (int Width, int Height) Phone = (390, 844);
    private static readonly (int Width, int Height) Desk = (1280, 900);

    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-page-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (!File.Exists(BrowserFactAttribute.Browser))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserFactAttribute.Browser,
            Headless = true,
            // Chromium refuses to run as root with its sandbox; the page is our own.
            Args = System.Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [BrowserFact]
    public async Task It_shows_every_box_in_order_and_asks_nobody_for_anything()
    {
        foreach (var map in new[] { StatusExamples.Whole, StatusExamples.Faulty })
        {
            var (page, seen) = await OpenAsync(map, Desk, ColorScheme.Light);

            var names = await page.Locator("main .box h4").EvaluateAllAsync<string[]>("all => all.map(one => one.firstChild.textContent.trim())");
            Assert.Equal(map.Way.SelectMany(stage => stage.Boxes).Select(box => box.Name), names);
            var tops = await page.Locator("main .stage h3").EvaluateAllAsync<double[]>("all => all.map(one => one.getBoundingClientRect().top)");
            Assert.Equal(tops.Order(), tops);
            Assert.Equal(map.Way.Length, tops.Length);
            Assert.Equal(map.Beside.Sum(stage => stage.Boxes.Length), await page.Locator("aside .box").CountAsync());
            Assert.Empty(seen);
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task A_state_is_told_by_its_colour_and_by_a_word()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var (page, _) = await OpenAsync(StatusExamples.Faulty, Desk, scheme);
            var colours = new Dictionary<StatusState, string>();
            foreach (var box in StatusExamples.Faulty.Stages.SelectMany(stage => stage.Boxes))
            {
                var shown = page.GetByRole(AriaRole.Article, new() { NameRegex = new($"^{box.Name}") });
                Assert.Equal(StatusWords.Of(box.State), await shown.Locator(".pill").InnerTextAsync(), ignoreCase: true);
                var colour = await shown.Locator("..").EvaluateAsync<string>("box => getComputedStyle(box).borderLeftColor");
                Assert.Equal(colours.TryAdd(box.State, colour) ? colour : colours[box.State], colour);
            }

            Assert.Equal(4, colours.Count);
            Assert.Distinct(colours.Values);
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Words_can_be_read_on_their_colours_in_both_schemes()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var (page, _) = await OpenAsync(StatusExamples.Faulty, Desk, scheme);

            var worst = await page.EvaluateAsync<double>("""
                () => {
                  const parts = colour => colour.match(/[\d.]+/g).map(Number);
                  const light = colour => parts(colour).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                  const behind = element => { const own = getComputedStyle(element).backgroundColor; return parts(own)[3] === 0 ? behind(element.parentElement) : own; };
                  return Math.min(...[...document.querySelectorAll('.pill, h1, h3, h4, p, .fix, summary, .problems li, .wrong a, .now')].map(element => {
                    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
                    return (a + 0.05) / (b + 0.05);
                  }));
                }
                """);

            Assert.True(worst >= 4.5, $"{scheme}: the least contrast is {worst:0.00} to 1; WCAG AA asks for 4.5");
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task It_fits_a_phone_and_a_desk_without_scrolling_sideways()
    {
        foreach (var size in new[] { Phone, Desk, (320, 640) })
        {
            var (page, _) = await OpenAsync(StatusExamples.Faulty, size, ColorScheme.Light);
            foreach (var details in await page.Locator("details").AllAsync())
            {
                await details.EvaluateAsync("one => one.open = true");
            }

            Assert.Equal(size.Item1, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            var beyond = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('body *')].filter(one => !one.closest('.hidden, .skip') && one.getBoundingClientRect().right > innerWidth + 0.5).map(one => one.className || one.tagName)");
            Assert.Empty(beyond);
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task What_is_wrong_leads_to_its_box_and_says_what_to_do()
    {
        var (page, _) = await OpenAsync(StatusExamples.Faulty, Phone, ColorScheme.Dark);
        await page.GetByRole(AriaRole.Region, new() { Name = "What is wrong" }).GetByRole(AriaRole.Link, new() { Name = "main-db-1", Exact = true }).ClickAsync();

        var box = page.Locator(".box:target");
        Assert.StartsWith("main-db-1", await box.Locator("h4").InnerTextAsync(), StringComparison.Ordinal);
        // Scrolling comes with the next frame, to a whole pixel.
        await page.WaitForFunctionAsync("() => { const top = document.querySelector('.box:target').getBoundingClientRect().top; return top > -1 && top < innerHeight; }");
        Assert.Contains("./appstack db rejoin example --node main-db-1", await box.InnerTextAsync(), StringComparison.Ordinal);
        await page.CloseAsync();
    }

    // What a page asks for besides itself, and what it complains about.
    private async Task<(IPage Page, List<string> Seen)> OpenAsync(StatusMap map, (int Width, int Height) size, ColorScheme scheme)
    {
        var file = Path.Combine(_folder, "status.html");
        await File.WriteAllTextAsync(file, StatusPage.Render(map));
        var page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = size.Width, Height = size.Height }, ColorScheme = scheme, Offline = true });
        var seen = new List<string>();
        page.Console += (_, message) => seen.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => seen.Add(error);
        page.Request += (_, request) => seen.AddRange(request.Url == $"file://{file}" || request.Url.StartsWith("data:", StringComparison.Ordinal) ? [] : [request.Url]);
        await page.GotoAsync($"file://{file}", new() { WaitUntil = WaitUntilState.Load });
        return (page, seen);
    }
}
