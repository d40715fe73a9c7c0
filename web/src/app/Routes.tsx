// Which page an address shows. Today comes with the shell; the others load when they are visited.
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Boundary } from "./Boundary";
import { pages } from "./pages";

const Home = () => <Redirect to="/" replace />;

export function Routes() {
  const [location] = useLocation();
  return (
    <Boundary key={location}>
      <Switch>
        <Route path="/login" component={Home} />
        <Route path="/register" component={Home} />
        {pages.map(({ path, Page, props }) => (
          <Route key={path} path={path}>
            {(params) => <Page {...params} {...props} />}
          </Route>
        ))}
      </Switch>
    </Boundary>
  );
}
