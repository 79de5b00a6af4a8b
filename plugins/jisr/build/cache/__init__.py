"""Values kept between builds."""
